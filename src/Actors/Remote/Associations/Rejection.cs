namespace Actors.Remote;

/// <summary>Why something that came in or should have gone out was not let through.</summary>
internal enum Rejection
{
    FrameTooLong,
    MalformedFrame,
    NoHandshake,
    RefusedHandshake,
    TooManyHandshakes,
    HandshakeTimedOut,
    TooManyAssociations,
    AcceptFailed,
    UnknownSerializer,
    UnknownManifest,
    MalformedMessage,
    NotForThisSystem,
    NullMessage,
    Untrusted,
    RepeatedSystemMessage,
    ImpossibleAcknowledgement,
    SystemMessagesLost,
    TooManyWatches,
    OutboundLaneFull,
    OutboundFrameTooLong,
    OutboundMessageFailed,
    NotSerializable,
}
