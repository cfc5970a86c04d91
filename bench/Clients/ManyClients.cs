using Actors.Bench.Nodes;
using Actors.Bench.Report;

namespace Actors.Bench.Clients;

/// <summary>One server, one real client that edits, and so many minimal ones that follow.</summary>
internal sealed class ManyClients(int count, BenchContext context)
{
    private const int EditCount = 21;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan UntilQuiet = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _clock = context.Clock;
    private readonly NodeCluster _cluster = context.StartCluster($"actors.server.clients-max = {count + 10}");
    private long _residentBefore;
    private double _percentBefore;

    /// <param name="say">Takes each figure when it is there.</param>
    public async Task MeasureAsync(Action<string, string> say)
    {
        await _cluster.StartClientsAsync(1, _clock);
        var fleet = new Fleet(count, _cluster.Address, _clock);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(5), _clock);
            await IdleAsync("idle, before they join", 0, say);
            await JoinAsync(fleet, say);
            await Task.Delay(UntilQuiet, _clock);
            await IdleAsync("idle, with all of them", count, say);
            await EditAsync(fleet.Progress, say);
            await RestartAsync(fleet.Progress, say);
        }
        finally
        {
            await fleet.EndAsync();
        }
    }

    private async Task IdleAsync(string what, int clients, Action<string, string> say)
    {
        var server = _cluster.Server;
        var (start, before) = (_clock.GetTimestamp(), server.ProcessorTime);
        await Task.Delay(Watched, _clock);
        double percent = 100 * ((server.ProcessorTime - before) / _clock.GetElapsedTime(start));
        long resident = server.ResidentBytes;
        if (clients == 0)
            (_residentBefore, _percentBefore) = (resident, percent);
        string each = clients == 0 ? "" : $"; each {(resident - _residentBefore) / 1e3 / clients:0} KB, {(percent - _percentBefore) / clients:0.000} %";
        say(what, $"{Figures.Megabytes(resident)}, {percent:0.0} % of a core{each}");
    }

    private async Task JoinAsync(Fleet fleet, Action<string, string> say)
    {
        var (start, before) = (_clock.GetTimestamp(), _cluster.Server.ProcessorTime);
        fleet.Begin();
        var took = _clock.GetElapsedTime(start, await InTimeAsync(fleet.Progress.AllJoined(), "join"));
        var work = _cluster.Server.ProcessorTime - before;
        say("all join at once", $"{took.TotalSeconds:0.00} s, {count / took.TotalSeconds:0} joins/s; {Figures.Millis(work / count)} of processor each");
    }

    private async Task EditAsync(FleetProgress progress, Action<string, string> say)
    {
        string path = Path.Combine(_cluster.Replica(1), "notes.txt");
        var samples = new Samples();
        ulong head = progress.Newest;
        var before = TimeSpan.Zero;
        for (int i = 0; i < EditCount; i++)
        {
            var all = progress.AllPulled(++head);
            long start = Edits.Save(path, Edits.Content(i), _clock);
            samples.Add(_clock.GetElapsedTime(start, await InTimeAsync(all, "pull")));
            // The first one makes the name, which is waited for (new-name-quiet).
            if (i > 0)
                continue;
            samples.Clear();
            before = _cluster.Server.ProcessorTime;
        }
        var work = (_cluster.Server.ProcessorTime - before) / samples.Count;
        say("an edit until the last has pulled", $"median {Figures.Millis(samples.Median)}, longest {Figures.Millis(samples.Longest)}; {Figures.Millis(work)} of processor each");
    }

    private async Task RestartAsync(FleetProgress progress, Action<string, string> say)
    {
        var left = progress.AllLeft();
        long start = _clock.GetTimestamp();
        _cluster.EndServer();
        await InTimeAsync(left, "notice that the server has gone");
        var noticed = _clock.GetElapsedTime(start);
        start = _clock.GetTimestamp();
        _cluster.StartServer();
        var back = _clock.GetElapsedTime(start, await InTimeAsync(progress.AllJoined(), "come back"));
        say("the server restarts", $"gone: noticed by all after {noticed.TotalSeconds:0.00} s; all back {back.TotalSeconds:0.00} s after its start; {_cluster.Server.ProcessorTime.TotalSeconds:0.00} s of processor");
    }

    private async Task<long> InTimeAsync(Task<long> moment, string what)
    {
        try
        {
            return await moment.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new BenchException($"the clients do not {what} within {Patience.TotalSeconds:0} s");
        }
    }
}
