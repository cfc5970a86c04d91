namespace Actors.Remote;

/// <summary>What an association decided to have done.</summary>
internal enum AssociationEffectKind
{
    /// <summary>Open a connection to the peer under this link number.</summary>
    Dial,

    /// <summary>Send ASSOCIATE.</summary>
    Greet,

    SendHeartbeat,
    SendDisassociate,
    SendShuttingDown,
    SendQuarantined,

    /// <summary>Close the link once what was sent before is out.</summary>
    Close,

    /// <summary>Close the link at once.</summary>
    Abort,

    /// <summary>The peer at the other end is another incarnation than the last one; its numbering starts anew.</summary>
    NewIncarnation,

    /// <summary>The link is up: what was not acknowledged goes out again.</summary>
    Associated,

    Disassociated,

    /// <summary>The link, or the attempt to make it, failed.</summary>
    Failed,

    /// <summary>The peer ended its last link in order, but did not say that it shuts down: nothing is sent to it for a while.</summary>
    Lost,

    /// <summary>What waits to be sent goes to dead letters.</summary>
    DropQueued,

    /// <summary>This side will not talk to that uid any more.</summary>
    Quarantined,

    /// <summary>The peer will not talk to this incarnation any more.</summary>
    QuarantinedByPeer,

    /// <summary>The peer said that it shuts down.</summary>
    PeerShutDown,
}
