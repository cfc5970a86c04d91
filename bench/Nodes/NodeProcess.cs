using System.Diagnostics;

namespace Actors.Bench.Nodes;

/// <summary>A node, or a command to one, as a process.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process) => _process = process;

    /// <summary>Of a processor, since the process began.</summary>
    public TimeSpan ProcessorTime => Refreshed().TotalProcessorTime;

    public long ResidentBytes => Refreshed().WorkingSet64;

    public long PeakResidentBytes => Refreshed().PeakWorkingSet64;

    public static NodeProcess Start(string program, params string[] arguments)
    {
        var process = Launch(program, arguments);
        // Read and dropped: a node whose output is not read would stop when the pipe is full.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                Console.Error.WriteLine($"{Path.GetFileName(program)}: {line.Data}");
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new NodeProcess(process);
    }

    /// <summary>Runs to the end and returns the exit code and all that was written.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Launch(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    public void Dispose()
    {
        // What was measured is durable already; an orderly farewell of each node would only take time.
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process.HasExited ? throw new BenchException("a node has ended by itself") : _process;
    }

    private static Process Launch(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new BenchException($"{program} did not start");
    }
}

/// <summary>The nodes' executables as the build leaves them: the server's, and the client's in client/ beside it.</summary>
internal static class NodePrograms
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public static string Server { get; } = Path.Combine(ServerDirectory(), "ServerNode" + Suffix);

    public static string Client { get; } = Path.Combine(ServerDirectory(), "client", "ClientNode" + Suffix);

    // This program lies in bench/bin/<configuration>/<framework>.
    private static string ServerDirectory()
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string root = Path.GetFullPath(Path.Combine(framework.FullName, "..", "..", "..", ".."));
        return Path.Combine(root, "src", "ServerNode", "bin", framework.Parent!.Name, framework.Name);
    }
}
