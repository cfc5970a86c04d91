using Actors.Runtime;

namespace Actors.Remote;

/// <summary>A message on its way out, measured and not serialized yet.</summary>
/// <param name="Recipient">Null in the place where the next system message is to be sent.</param>
/// <param name="Message">As it was told, for dead letters.</param>
/// <param name="Sender">Whom to answer; null when nobody.</param>
/// <param name="Payload">How it goes on the wire.</param>
internal readonly record struct OutboundEnvelope(RemoteActorRef? Recipient, object Message, IActorRef? Sender, OutboundPayload Payload)
{
    /// <summary>What the place in the queue, the envelope and a small message object take in memory.</summary>
    private const int Overhead = 128;

    /// <summary>What the message counts against the bound of its lane.</summary>
    public int CostBytes => Payload.Size + Overhead;
}
