using System.Diagnostics;
using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>A test that mounts a file system, which only root may do, and not in every container.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!CanMount())
            Skip = "no file system can be mounted here";
    }

    internal static bool Mount(string directory) => Run("mount", "-t", "tmpfs", "none", directory);

    /// <summary>With "lower" of the layers below; the rest is made there.</summary>
    internal static bool MountOverlay(string layers, string directory)
    {
        var (upper, work) = (Directory.CreateDirectory(Path.Combine(layers, "upper")), Directory.CreateDirectory(Path.Combine(layers, "work")));
        return Run("mount", "-t", "overlay", "none", "-o", $"lowerdir={Path.Combine(layers, "lower")},upperdir={upper.FullName},workdir={work.FullName}", directory);
    }

    internal static bool Unmount(string directory) => Run("umount", directory);

    private static bool CanMount()
    {
        var directory = Directory.CreateTempSubdirectory("mount-");
        try
        {
            return OperatingSystem.IsLinux() && Environment.UserName == "root" && Mount(directory.FullName) && Unmount(directory.FullName);
        }
        finally
        {
            directory.Delete();
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
