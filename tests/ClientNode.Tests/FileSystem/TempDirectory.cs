using System.Runtime.InteropServices;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

/// <summary>
/// A directory of its own for one test, gone afterwards. No process is started: between fork and exec a child has every
/// file open that some other test is writing just then, and that file seems to be written still.
/// </summary>
public sealed partial class TempDirectory : IDisposable
{
    private const int NewFileMode = 0x1a4;

    public TempDirectory() => Path = Directory.CreateTempSubdirectory("client-tests-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    /// <summary>An empty file in it whose name is no text.</summary>
    public void WriteOddName()
    {
        using var files = LinuxFileSystem.Open(Path);
        files.Create(RelativePath.Root.Child([.. "odd"u8, 0xff]), NewFileMode).Dispose();
    }

    public void MakePipe(string name) => Assert.Equal(0, MakeFifo(this[name], NewFileMode));

    public void Dispose()
    {
        // Directory.Delete fails on paths that are too long for one call, and on names that are not text.
        using (var files = LinuxFileSystem.Open(Path))
            Empty(files, RelativePath.Root);
        Directory.Delete(Path);
    }

    private static void Empty(LinuxFileSystem files, RelativePath directory)
    {
        foreach (var item in files.List(directory)!)
        {
            var path = directory.Child(item.Name.Span);
            if (item.Kind != FileKind.Directory)
            {
                Assert.Equal(FileFault.None, files.Delete(path));
                continue;
            }
            Empty(files, path);
            Assert.Equal(FileFault.None, files.RemoveDirectory(path));
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
