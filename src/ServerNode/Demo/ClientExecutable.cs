using System.Diagnostics;
using Actors.Common;

namespace Actors.Server.Demo;

/// <summary>Where the client's executable lies: in client/, beside the server's (the build puts it there).</summary>
internal static class ClientExecutable
{
    private const string Name = "ClientNode";

    /// <exception cref="FailureException">It is not there.</exception>
    public static ProcessStartInfo StartInfo(params ReadOnlySpan<string> arguments)
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "client");
        var executable = Path.Combine(directory, OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        if (!File.Exists(executable))
            throw new FailureException("the client's executable is missing", executable, "build the solution: dotnet build Actors.sln");

        var start = new ProcessStartInfo(executable) { UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // The child runs on the very runtime that this process runs on, wherever that is installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return start;
    }
}
