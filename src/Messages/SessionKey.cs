using System.Security.Cryptography;
using Google.Protobuf;

namespace Actors.Messages;

/// <summary>A message within a session, in either direction: it names the session and proves that its sender is of it.</summary>
public interface ISessionMessage : IMessage
{
    ulong Session { get; set; }

    ByteString Secret { get; set; }
}

/// <summary>What a Welcome gives both sides, and what every later message of the session carries.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Secret">Known to the two alone.</param>
public sealed record SessionKey(ulong Session, ByteString Secret)
{
    public const int SecretBytes = 16;

    /// <summary>The message names this session, and carries its secret. How long it takes does not tell how much of a secret is right.</summary>
    public bool Fits(ISessionMessage message) => IsOf(message) && CryptographicOperations.FixedTimeEquals(Secret.Span, message.Secret.Span);

    /// <summary>The message names this session, and its sender does not know the secret.</summary>
    public bool IsForged(ISessionMessage message) => IsOf(message) && !Fits(message);

    /// <summary>The message, made one of this session.</summary>
    public T Seal<T>(T message)
        where T : ISessionMessage
    {
        message.Session = Session;
        message.Secret = Secret;
        return message;
    }

    /// <summary>It goes into no log.</summary>
    public override string ToString() => $"session {Session}";

    private bool IsOf(ISessionMessage message) => message.Session == Session;
}

public sealed partial class Push : ISessionMessage;

public sealed partial class PushAccepted : ISessionMessage;

public sealed partial class PushRejected : ISessionMessage;

public sealed partial class ContentMissing : ISessionMessage;

public sealed partial class Invalidate : ISessionMessage;

public sealed partial class Invalidated : ISessionMessage;

public sealed partial class Pull : ISessionMessage;

public sealed partial class Updates : ISessionMessage;

public sealed partial class PullChunks : ISessionMessage;

public sealed partial class Chunk : ISessionMessage;

public sealed partial class ChunkUnavailable : ISessionMessage;

public sealed partial class Leave : ISessionMessage;

public sealed partial class SessionClosed : ISessionMessage;

public sealed partial class HeadQuery : ISessionMessage;

public sealed partial class HeadReply : ISessionMessage;

public sealed partial class StoryReport : ISessionMessage;
