namespace Actors.Remote;

/// <summary>What <see cref="AssociationState"/> remembers of one link.</summary>
internal sealed class LinkState(int id, bool isInbound)
{
    public int Id { get; } = id;

    public bool IsInbound { get; } = isInbound;

    public LinkStage Stage { get; set; }

    public bool IsUp => Stage == LinkStage.Up;

    /// <summary>When it came up.</summary>
    public TimeSpan Since { get; set; }

    /// <summary>When waiting for the peer ends: for the connection, for the answer, or for any sign of life.</summary>
    public TimeSpan Deadline { get; set; }

    public TimeSpan NextHeartbeat { get; set; }

    /// <summary>Whether the peer has stopped reading it, because it reads a link that this side dialled.</summary>
    public bool IsDeaf { get; set; }
}
