using System.Diagnostics;
using System.Text;
using Actors.NodeShell;
using Actors.Server.Commands;

namespace Actors.Server.Demo;

/// <summary>The running demo: the server in this process, and the clients, which start one after the other.</summary>
internal sealed class DemoHost : INodeHost, IAsyncDisposable
{
    private const string Speaker = "Demo";
    private const int RoundsOfAgreement = 2;
    private static readonly TimeSpan ClientStopTimeout = TimeSpan.FromSeconds(2.5);

    private readonly DemoDirectory _demo;
    private readonly ServerHost _server;
    private readonly JournalSet _journals;
    private readonly List<DemoClient> _clients = [];
    private readonly Lock _gate = new();
    private bool _stopping;

    private DemoHost(DemoDirectory demo, ServerHost server, JournalSet journals)
    {
        _demo = demo;
        _server = server;
        _journals = journals;
        Ended = RunAsync();
    }

    /// <summary>Ends with the server; faulted where the demo cannot begin.</summary>
    public Task Ended { get; }

    public static DemoHost Start(DemoDirectory demo, ServerHost server, JournalSet journals) => new(demo, server, journals);

    public async Task StopAsync()
    {
        await StopClientsAsync();
        await _server.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopClientsAsync();
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task RunAsync()
    {
        _journals.Overhear(Speaker, $"Starting {Counted.Of(_demo.Replicas.Count, "client")}; wait with edits until everything runs");
        if (await StartClientsAsync() && await AgreeAsync())
            TellWhatToTry();
        await _server.Ended;
    }

    // One after the other, so that the first replica's client is Client 1 and so on; false: the demo is ending.
    private async Task<bool> StartClientsAsync()
    {
        for (var index = 0; index < _demo.Replicas.Count; index++)
        {
            if (Start($"client-{index + 1}", _demo.Replicas[index]) is not { } client)
                return false;
            if (await client.Connected)
                continue;
            if (IsStopping)
                return false;
            throw new FailureException(
                $"{client.Name} ended before it was connected", $"replica {client.Replica}", "see what it said above; is the replica in use by another process?");
        }
        return true;
    }

    /// <summary>
    /// An edit of a file that its replica has not agreed on yet would become a conflict copy. After the first round the server
    /// has what each replica had, and after the second every replica has that. False: one of them never will.
    /// </summary>
    private async Task<bool> AgreeAsync()
    {
        for (var rounds = 0; rounds < RoundsOfAgreement;)
        {
            if (IsStopping || _clients.Any(client => client.HasEnded))
                return false;
            var settled = await Task.WhenAll(_clients.Select(client => client.SettleAsync()));
            rounds = settled.All(each => each) ? rounds + 1 : 0;
            foreach (var (client, isSettled) in _clients.Zip(settled))
            {
                if (!isSettled && !IsStopping)
                    _journals.Overhear(Speaker, $"Still starting: {client.Name} is not in sync; ask it why: ClientNode status {client.Replica}");
            }
        }
        return true;
    }

    private DemoClient? Start(string name, string replica)
    {
        lock (_gate)
        {
            if (_stopping)
                return null;
            var client = DemoClient.Start(name, replica, _server.Listen, line => _journals.Overhear(name, line));
            _clients.Add(client);
            _ = TellItsEndAsync(client);
            return client;
        }
    }

    private async Task TellItsEndAsync(DemoClient client)
    {
        var exitCode = await client.WaitForExitAsync();
        if (!IsStopping)
            _journals.Overhear(Speaker, $"{client.Name} ended with exit code {exitCode}");
    }

    private bool IsStopping
    {
        get
        {
            lock (_gate)
                return _stopping;
        }
    }

    private Task StopClientsAsync()
    {
        lock (_gate)
        {
            if (_stopping)
                return Task.CompletedTask;
            _stopping = true;
        }
        return Task.WhenAll(_clients.Select(client => client.StopAsync(ClientStopTimeout)));
    }

    private void TellWhatToTry()
    {
        var first = Path.Combine(_demo.Replicas[0], DemoDirectory.NotesName);
        _journals.Overhear(Speaker, $"Everything runs: {Counted.Of(_demo.Replicas.Count, "client")}, each with a replica in {_demo.Root}");
        _journals.Overhear(Speaker, "Try this in another terminal:");
        _journals.Overhear(Speaker, $"    echo \"Hello from client 1\" >> {first}");
        if (_demo.Replicas.Count > 1)
            _journals.Overhear(Speaker, $"    cat {Path.Combine(_demo.Replicas[^1], DemoDirectory.NotesName)}");
        if (_server.ConsoleAddress is { } page)
            _journals.Overhear(Speaker, $"All stories side by side: {page}");
        _journals.Overhear(Speaker, "Ctrl-C ends the server and all clients.");
    }
}

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
