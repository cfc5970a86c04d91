using Actors.Client.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>
/// Reads displaced files, a bounded piece at a time: other work has its turn between two pieces of a large
/// one. Small ones are read whole, beside a large one too; of large ones each waits for the one before it.
/// </summary>
internal sealed class DisplacedReader(ReplicaDisk disk) : IDisposable
{
    private FileReading? _reading;
    private WriterState _writers;

    /// <summary>The file of which there is more to read; null: of none.</summary>
    public RelativePath? Reading => _reading?.Path;

    /// <summary>
    /// What a file holds, as <see cref="DisplacedKeeper.Look"/> says it of one that is not read while it is written. False
    /// where that is not known yet: ask again in the next turn.
    /// </summary>
    /// <param name="path">Of the displaced file.</param>
    /// <param name="budget">Bytes that may be read in this turn; what is read is taken off.</param>
    /// <param name="found">Null where no file is.</param>
    public bool TryLook(RelativePath path, ref long budget, out (ContentRef? Content, WriterState Writers)? found)
    {
        found = null;
        try
        {
            return _reading?.Path == path ? TryRead(ref budget, out found) : TryBegin(path, ref budget, out found);
        }
        catch (FileFaultException e) when (e.Fault == FileFault.Denied || e.Fault.IsOfTheDisk())
        {
            if (_reading?.Path == path)
                End();
            found = (null, WriterState.Unknown);
            return true;
        }
    }

    public void Dispose() => End();

    private bool TryBegin(RelativePath path, ref long budget, out (ContentRef? Content, WriterState Writers)? found)
    {
        found = null;
        var file = disk.Files.OpenRead(path);
        if (file is null)
            return true;
        var isReadOn = false;
        try
        {
            // Asked before the bytes are read: who closes in between has been read.
            var writers = disk.Traits.WritersOf(file);
            if (writers == WriterState.Open)
            {
                found = (null, writers);
                return true;
            }
            var stat = file.Stat();
            if (budget <= 0)
                return false;
            if (stat.Size <= DisplacedKeeper.ReadAtOnceBytesMax)
            {
                budget -= stat.Size;
                found = (ContentReader.Name(file), writers);
                return true;
            }
            if (_reading is not null)
                return false;
            _reading = new FileReading(path, file, stat, isOpen: false, mayGrow: false, startedAtNs: 0);
            _writers = writers;
            isReadOn = true;
        }
        finally
        {
            if (!isReadOn)
                file.Dispose();
        }
        return TryRead(ref budget, out found);
    }

    /// <summary>
    /// What changes meanwhile is being written, where that cannot be told; else it is read from the beginning, in a later turn.
    /// </summary>
    private bool TryRead(ref long budget, out (ContentRef? Content, WriterState Writers)? found)
    {
        found = null;
        if (budget <= 0 || _reading!.Read(ref budget) is not { } end)
            return false;
        End();
        found = ((end as ReadingEnd.Whole)?.File.Content, _writers);
        return found.Value.Content is not null || _writers == WriterState.Unknown;
    }

    private void End()
    {
        _reading?.Dispose();
        _reading = null;
    }
}
