namespace Actors.Server.Registry;

/// <summary>What the registry holds at most. At each limit the newcomer is turned away for now, nobody else is.</summary>
internal sealed record RegistryLimits
{
    /// <summary>Clients that are admitted at the same time; policy: Join is refused as busy.</summary>
    public int ClientsMax { get; init; } = 1_000;

    /// <summary>Joins that wait for the ledger; policy: refused as busy.</summary>
    public int JoinsWaitingMax { get; init; } = 1_000;

    /// <summary>Bytes of pushes that wait for the ledger or for their content, of all clients; policy: refused as unavailable, undecided.</summary>
    public long PushBytesWaitingMax { get; init; } = 64 << 20;

    /// <summary>Commands in one transaction; the next ones wait.</summary>
    public int BatchCommandsMax { get; init; } = 256;

    /// <summary>Bytes of pushes in one transaction, unless a single one has more.</summary>
    public long BatchBytesMax { get; init; } = 4 << 20;
}
