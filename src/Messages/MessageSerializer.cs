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
