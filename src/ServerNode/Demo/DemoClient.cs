using System.Diagnostics;
using System.Text;
using Actors.NodeShell;

namespace Actors.Server.Demo;

/// <summary>
/// One client process of the demo. It ends with this process, however that ends: the child stops when its standard
/// input closes, and the operating system closes that.
/// </summary>
internal sealed class DemoClient : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<bool> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _tell;

    private DemoClient(string name, string replica, Process process, Action<string> tell)
    {
        Name = name;
        Replica = replica;
        _process = process;
        _tell = tell;
    }

    public string Name { get; }

    public string Replica { get; }

    /// <summary>True when it has told that it is connected; false when it ended before.</summary>
    public Task<bool> Connected => _connected.Task;

    /// <param name="name">What the demo calls it: "Client 1".</param>
    /// <param name="replica">Its directory.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="tell">Takes its lines, without their timestamps, on some thread.</param>
    public static DemoClient Start(string name, string replica, HostAddress server, Action<string> tell)
    {
        var start = ClientExecutable.StartInfo("run", replica, "--server", server.ToString());
        start.Environment[NodeProcess.EndsWithStdinVariable] = "1";
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var client = new DemoClient(name, replica, process, tell);
        process.OutputDataReceived += (_, line) => client.OnLine(line.Data);
        process.ErrorDataReceived += (_, line) => client.OnLine(line.Data);
        process.Exited += (_, _) => client._connected.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return client;
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Waits until its replica has all that the server has, and the server all that the replica had; false: in vain, for a while.</summary>
    public async Task<bool> SettleAsync()
    {
        var start = ClientExecutable.StartInfo("sync", Replica, "--timeout", "30s");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var sync = Process.Start(start)!;
        await Task.WhenAll(sync.StandardOutput.ReadToEndAsync(), sync.StandardError.ReadToEndAsync(), sync.WaitForExitAsync());
        return sync.ExitCode == ExitCodes.Success;
    }

    /// <summary>Asks it to stop in order, and ends it if it does not within the time.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            _tell("does not stop in order and is ended");
            _process.Kill();
        }
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    private void OnLine(string? line)
    {
        if (line is null)
            return;
        var text = WithoutTimestamp(line);
        _tell(text);
        if (text.StartsWith(StoryLines.ConnectedAs(""), StringComparison.Ordinal))
            _connected.TrySetResult(true);
    }

    // "2026-11-22T07:21:00.123Z Updating local copy": this process puts a timestamp of its own in front.
    private static string WithoutTimestamp(string line) =>
        line.IndexOf(' ') is > 0 and var space && DateTimeOffset.TryParse(line.AsSpan(0, space), out _) ? line[(space + 1)..] : line;
}

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
