using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>
/// Carries out orders, many at a time: new content is staged and made durable, the intents are stored, and only then
/// names change. A crash at any instant leaves what <see cref="Recovery"/> can tell apart.
/// </summary>
/// <param name="disk">Files and state.</param>
/// <param name="nextId">Of the next intent; above all that are stored.</param>
public sealed class Applier(ReplicaDisk disk, long nextId)
{
    private const int Permissions = 0x1ff;

    private const int ModesMax = 10_000;

    private readonly Placer _placer = new(disk);

    // Of files that updates have removed since the start: one that comes back is as private, and as executable, as it was.
    private readonly Dictionary<RelativePath, int> _modes = [];
    private long _nextId = nextId;

    /// <param name="orders">One for each path at most, in an order that keeps the tree whole.</param>
    /// <param name="changes">Stored together with the intents: what is owed from before.</param>
    public IReadOnlyList<ApplyOutcome> Run(IReadOnlyList<ApplyOrder> orders, ReplicaChanges changes)
    {
        disk.OweCommit();
        var outcomes = new List<ApplyOutcome>(orders.Count);
        var staged = new List<(ApplyOrder Order, Intent Intent)>(orders.Count);
        var flushOneByOne = !ReplicaDisk.ShouldFlushAll(disk.Traits, orders.Count(order => order.Entry.State.IsFile));
        foreach (var order in orders)
        {
            var intent = new Intent(_nextId++, order.Entry, order.Expected, order.CopyName, order.IsCopyOwed);
            if (TryPrepare(order, intent.Id, flushOneByOne) is { } refused)
                outcomes.Add(refused);
            else
                staged.Add((order, intent));
        }
        // The names too: an update whose staged file is gone counts as carried out.
        if (!flushOneByOne)
            disk.Files.FlushAll();
        else if (staged.Exists(item => item.Order.Entry.State.IsFile))
            disk.Files.FlushDirectory(ReplicaLayout.Staging);
        changes.Intents.AddRange(staged.Select(item => item.Intent));
        disk.Commit(changes);
        outcomes.AddRange(staged.Select(item => _placer.Place(item.Order, item.Intent.Id)));
        // After all of them: if the disk fails before that, the outcomes are not reported, and recovery has to find them.
        foreach (var (_, intent) in staged)
            disk.NoteDone(intent);
        return outcomes;
    }

    /// <summary>Null: new content is staged, and the mode of a file that goes is remembered.</summary>
    private ApplyOutcome.Refused? TryPrepare(ApplyOrder order, long id, bool flush)
    {
        try
        {
            if (order.Entry.State.IsFile)
                Stage(order, id, flush);
            else if (order.Expected.IsFile && ModeAt(order.Entry.Path) is { } mode)
                RememberMode(order.Entry.Path, mode);
            return null;
        }
        catch (FileFaultException e) when (!e.StopsTheNodeWhileStaging)
        {
            _ = disk.Files.Delete(StagedAs(id));
            // Not taken over yet, if its path could not even be looked at.
            if (order.Source.StagedName is { } part)
                _ = disk.Files.Delete(ReplicaLayout.InStaging(part));
            return new ApplyOutcome.Refused(order, e.Reason);
        }
    }

    private RelativePath StagedAs(long id) => disk.Traits.ExchangesNames ? ReplicaLayout.Staged(id) : ReplicaLayout.StagedApart(id);

    private void Stage(ApplyOrder order, long id, bool flush)
    {
        var path = StagedAs(id);
        // Who could run or write the file before can do so afterwards.
        var mode = order.Expected.IsFile ? ModeAt(order.Entry.Path) : _modes.Remove(order.Entry.Path, out var was) ? was : null;
        if (order.Source.StagedName is { } part)
        {
            _ = disk.Files.Rename(ReplicaLayout.InStaging(part), path, RenameMode.Replace);
            if (mode is { } same && disk.Files.OpenRead(path) is { } file)
            {
                using (file)
                    SetMode(file, order.Entry.Path, same);
            }
            return;
        }
        _ = disk.Files.Delete(path);
        using var created = disk.Files.Create(path, IFileSystem.NewFileMode);
        created.Write(0, order.Source.Inline!.Value.Span);
        if (mode is { } kept)
            SetMode(created, order.Entry.Path, kept);
        if (flush)
            created.Flush();
    }

    /// <summary>Where the new file may not have the mode of the old one, that is the old one's fault, and not the staging area's.</summary>
    private static void SetMode(IFileHandle staged, RelativePath path, int mode)
    {
        try
        {
            staged.SetMode(mode);
        }
        catch (FileFaultException e) when (e.Fault is FileFault.Denied or FileFault.Unsupported)
        {
            throw new FileFaultException(e.Fault, "chmod", path, e.Message);
        }
    }

    private int? ModeAt(RelativePath path) => disk.Files.Stat(path) is { IsRegular: true } stat ? stat.Mode & Permissions : null;

    private void RememberMode(RelativePath path, int mode)
    {
        if (_modes.Count >= ModesMax)
            _modes.Clear();
        _modes[path] = mode;
    }
}
