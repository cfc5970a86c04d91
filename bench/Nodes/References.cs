using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Actors.Bench.Nodes;

/// <summary>Saves a file as editors do: written beside it, then renamed over it.</summary>
internal static partial class DurableSave
{
    private const int OpenDirectory = 0x10000;

    /// <summary>Saves, and returns when the file and its name are on the disk.</summary>
    public static void Save(string path, byte[] content)
    {
        string temporary = path + ".tmp";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }
        File.Move(temporary, path, overwrite: true);
        using var directory = Open(Path.GetDirectoryName(path)!, OpenDirectory);
        if (directory.IsInvalid || Synchronize(directory) != 0)
            throw new BenchException($"{path}: its directory cannot be synchronized with the disk");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle handle);
}

/// <summary>Programs of the system, as references.</summary>
internal static class Command
{
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new BenchException($"{program} failed with {process.ExitCode}");
    }
}
