using Actors.Messages.Identity;

namespace Actors.Server.Storage;

/// <summary>A replica that has joined once: its number and name are kept for ever.</summary>
public sealed record NodeRow(NodeInstance Instance, uint Number)
{
    public required string Name { get; init; }

    /// <summary>The only session whose pushes are decided on; all others are fenced.</summary>
    public required ulong Session { get; init; }

    /// <summary>The share that this session is in.</summary>
    public required int Share { get; init; }

    /// <summary>Pushes up to this counter are settled at the client, and forgotten here.</summary>
    public required ulong SettledThrough { get; init; }
}
