using System.Diagnostics;
using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>Needs two users: root, who runs the test, and one without rights, who runs a node.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherUserFactAttribute : FactAttribute
{
    public const string SetPrivileges = "/usr/bin/setpriv";
    public const int UserId = 65534;

    public OtherUserFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Skip = "only root can run a node as another user";
        else if (!File.Exists(SetPrivileges))
            Skip = $"{SetPrivileges} is not there: it starts a process as another user";
        else if (!CanRunNodes())
            Skip = "other users may not run what the build has left here";
    }

    /// <summary>What comes before a command that is run without rights.</summary>
    public static string[] Arguments { get; } = [$"--reuid={UserId}", $"--regid={UserId}", "--clear-groups", "--"];

    private static bool CanRunNodes()
    {
        using var tried = Process.Start(SetPrivileges, [.. Arguments, "/usr/bin/test", "-x", Executables.Client]);
        tried.WaitForExit();
        return tried.ExitCode == 0;
    }
}
