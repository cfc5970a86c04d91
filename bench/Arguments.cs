namespace Actors.Bench;

/// <summary>What is to be measured.</summary>
/// <param name="Only">Names of benchmarks; none: all of them.</param>
/// <param name="Clients">Numbers of clients; none: the benchmarks are measured, and not the clients.</param>
/// <param name="NodeConfig">The file that every node is given by --config; null: none.</param>
internal sealed record Arguments(IReadOnlyList<string> Only, IReadOnlyList<int> Clients, string? NodeConfig)
{
    private const int ClientsMax = 2_000;

    /// <summary>Null where they make no sense.</summary>
    public static Arguments? Read(string[] args, string[] benchmarks)
    {
        var only = new List<string>();
        var clients = new List<int>();
        string? config = null;
        bool isClients = args is ["clients", ..];
        for (int i = isClients ? 1 : 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            if (isClients && int.TryParse(args[i], out int count) && count is > 0 and <= ClientsMax)
                clients.Add(count);
            else if (args[i] == "--only" && !isClients && benchmarks.Contains(value))
                only.Add(args[++i]);
            else if (args[i] == "--config" && File.Exists(value))
                config = Path.GetFullPath(args[++i]);
            else
                return null;
        }
        return isClients && clients.Count == 0 ? null : new Arguments(only, clients, config);
    }
}
