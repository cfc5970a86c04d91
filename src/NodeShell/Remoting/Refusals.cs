using System.Numerics;
using System.Runtime.Serialization;
using Actors.Messages;
using Akka.Serialization;

namespace Actors.NodeShell;

/// <summary>
/// Counts what a node has refused of others. The first ones are logged, and then fewer and fewer, so that no peer fills the
/// log: each of the first ten, then every power of two.
/// </summary>
public sealed class Refusals(ILoggingAdapter log) : IExtension
{
    private const long LoggedFirst = 10;

    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public static Refusals Of(ActorSystem system) => system.WithExtension<Refusals, Provider>();

    public void Add(string who, string what)
    {
        var count = Interlocked.Increment(ref _count);
        if (count <= LoggedFirst || BitOperations.IsPow2(count))
            log.Warning("Refused from {0}: {1} ({2} refused so far)", who, what, count);
    }

    private sealed class Provider : ExtensionIdProvider<Refusals>
    {
        public override Refusals CreateExtension(ExtendedActorSystem system) => new(Logging.GetLogger(system, typeof(Refusals)));
    }
}

/// <summary>Lets in what is of a session, and counts what only says so.</summary>
public static class SessionDoor
{
    /// <summary>False: not of this session, or in its name without its secret.</summary>
    public static bool Admits(this SessionKey key, ISessionMessage message, IActorContext context)
    {
        if (key.IsForged(message))
            Refusals.Of(context.System).Add(context.Sender.Path.ToString(), $"a {message.Descriptor.Name} without the secret of the session that it names");
        return key.Fits(message);
    }
}

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
