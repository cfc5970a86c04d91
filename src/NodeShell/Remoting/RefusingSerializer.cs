using System.Runtime.Serialization;
using Akka.Serialization;

namespace Actors.NodeShell;

/// <summary>
/// Stands in the place of a serializer that nodes do not need: bytes that name its number make no object, and no type is
/// looked up. Remoting logs that, drops the message and goes on.
/// </summary>
/// <param name="system">Whose.</param>
/// <param name="settings">"id": the number.</param>
public sealed class RefusingSerializer(ExtendedActorSystem system, Config settings) : Serializer(system)
{
    public override int Identifier { get; } = settings.GetInt("id");

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} is not sent to other nodes");

    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException($"nodes take nothing of serializer {Identifier}");
}
