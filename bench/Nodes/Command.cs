using System.Diagnostics;

namespace Actors.Bench.Nodes;

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
