using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace Actors.Messages;

/// <summary>
/// Takes the messages between nodes to bytes and back. The number and the manifests are the wire contract, not the names of
/// types: no text that a peer sends is ever looked up as a type.
/// </summary>
public sealed class MessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const int Id = 2346;

    public override int Identifier => Id;

    /// <exception cref="SerializationException">It is no message between nodes.</exception>
    public override string Manifest(object o) =>
        MessageManifests.TryName(o.GetType(), out var manifest)
            ? manifest
            : throw new SerializationException($"{o.GetType()} is no message between nodes");

    public override byte[] ToBinary(object obj) =>
        obj is IMessage message ? message.ToByteArray() : throw new SerializationException($"{obj.GetType()} is no message between nodes");

    /// <exception cref="SerializationException">The manifest is not known, or the bytes are not such a message: remoting drops it and goes on.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!MessageManifests.TryFind(manifest, out var parser))
            throw new SerializationException($"no message between nodes has the manifest '{manifest}'");
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new SerializationException($"the bytes of a message '{manifest}' cannot be read: {fault.Message}", fault);
        }
    }
}

/// <summary>
/// The messages that nodes send each other, by the short names that stand for them on the wire. A name is never given to
/// another message; what a node does not know, it drops.
/// </summary>
public static class MessageManifests
{
    private static readonly (string Manifest, Type Type, MessageParser Parser)[] All =
    [
        ("J", typeof(Join), Join.Parser),
        ("W", typeof(Welcome), Welcome.Parser),
        ("JR", typeof(JoinRefused), JoinRefused.Parser),
        ("L", typeof(Leave), Leave.Parser),
        ("SC", typeof(SessionClosed), SessionClosed.Parser),
        ("P", typeof(Push), Push.Parser),
        ("PA", typeof(PushAccepted), PushAccepted.Parser),
        ("PR", typeof(PushRejected), PushRejected.Parser),
        ("CM", typeof(ContentMissing), ContentMissing.Parser),
        ("I", typeof(Invalidate), Invalidate.Parser),
        ("ID", typeof(Invalidated), Invalidated.Parser),
        ("PL", typeof(Pull), Pull.Parser),
        ("U", typeof(Updates), Updates.Parser),
        ("PC", typeof(PullChunks), PullChunks.Parser),
        ("C", typeof(Chunk), Chunk.Parser),
        ("CU", typeof(ChunkUnavailable), ChunkUnavailable.Parser),
        ("SR", typeof(StoryReport), StoryReport.Parser),
        ("HQ", typeof(HeadQuery), HeadQuery.Parser),
        ("HR", typeof(HeadReply), HeadReply.Parser),
        ("SQ", typeof(ServerStatusQuery), ServerStatusQuery.Parser),
        ("SS", typeof(ServerStatusReply), ServerStatusReply.Parser),
    ];

    private static readonly FrozenDictionary<Type, string> ByType = All.ToFrozenDictionary(each => each.Type, each => each.Manifest);

    private static readonly FrozenDictionary<string, MessageParser> ByManifest = All.ToFrozenDictionary(each => each.Manifest, each => each.Parser, StringComparer.Ordinal);

    public static IEnumerable<string> Known => ByManifest.Keys;

    public static bool TryName(Type message, [NotNullWhen(true)] out string? manifest) => ByType.TryGetValue(message, out manifest);

    public static bool TryFind(string manifest, [NotNullWhen(true)] out MessageParser? parser) => ByManifest.TryGetValue(manifest, out parser);
}
