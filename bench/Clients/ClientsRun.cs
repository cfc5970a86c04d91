namespace Actors.Bench.Clients;

/// <summary>How far one server carries: a line for each number of clients.</summary>
internal static class ClientsRun
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(6);

    public static async Task<int> RunAsync(IReadOnlyList<int> counts, string? nodeConfig)
    {
        Console.Out.WriteLine("One server; each client an actor system in this process, with a connection of its own. Processor times are the server's.");
        bool allMeasured = true;
        foreach (int count in counts)
        {
            using var context = new BenchContext(nodeConfig);
            try
            {
                await new ManyClients(count, context).MeasureAsync(Say).WaitAsync(TimeMax);
            }
            catch (Exception e) when (e is TimeoutException or BenchException)
            {
                Say("failed", e is BenchException ? e.Message : "not finished in time");
                allMeasured = false;
            }

            void Say(string what, string figure) => Console.Out.WriteLine($"{count,5} clients  {what,-46}  {figure}");
        }
        return allMeasured ? 0 : 1;
    }
}
