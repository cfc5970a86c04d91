using System.Runtime.InteropServices;
using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>A file system that never answers: as one of a network whose server is gone, it lets every call wait.</summary>
internal sealed partial class DeadMount : IDisposable
{
    private const int ReadWrite = 2, CloseOnExec = 0x80000, Lazily = 2;

    private readonly int _device;
    private readonly string _directory;

    public DeadMount(string directory)
    {
        _directory = directory;
        _device = Open("/dev/fuse", ReadWrite | CloseOnExec);
        Assert.True(_device >= 0);
        Assert.Equal(0, Mount("dead", directory, "fuse", 0, $"fd={_device},rootmode=40000,user_id=0,group_id=0"));
    }

    /// <summary>Ends when a thread of the process is in a call that waits for such a file system.</summary>
    public static async Task IsWaitedForAsync(int processId)
    {
        using var timeout = new CancellationTokenSource(RunningNode.LineTimeout);
        while (!Directory.EnumerateDirectories($"/proc/{processId}/task").Any(IsWaiting))
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Whatever waits for it fails at last.</summary>
    public void Dispose()
    {
        _ = Close(_device);
        _ = Unmount(_directory, Lazily);
    }

    private static bool IsWaiting(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "wchan")).Contains("fuse", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // The thread has ended.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string directory, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string directory, int flags);
}
