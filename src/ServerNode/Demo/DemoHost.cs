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
