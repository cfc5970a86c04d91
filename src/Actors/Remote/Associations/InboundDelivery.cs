using System.Text;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// Brings the messages of one link to their recipients: finds the refs behind the paths, reads the message, and refuses
/// what a stranger may not send. For one thread.
/// </summary>
internal sealed class InboundDelivery(Remoting remoting)
{
    /// <summary>Longer or deeper paths lead to no actor, and walking them would be work for nothing.</summary>
    private const int PathBytesMax = 2048;

    private readonly Utf8Cache<IInternalActorRef> _recipients = new(64);
    private readonly Utf8Cache<IInternalActorRef> _senders = new(256);

    public void Deliver(in Pdu pdu, Address peer)
    {
        if (FindRecipient(in pdu) is not { } recipient || Read(in pdu, recipient, peer) is not { } message)
            return;
        if (message is ISystemMessage or ActorSelectionMessage)
            new InboundMessage(recipient, message, SenderOf(in pdu)).Deliver();
        else
            recipient.Tell(message, SenderOf(in pdu));
    }

    /// <summary>Prepares a message that may have to wait for those before it; null when it is refused.</summary>
    public InboundMessage? Decode(in Pdu pdu, Address peer) =>
        FindRecipient(in pdu) is { } recipient && Read(in pdu, recipient, peer) is { } message
            ? new InboundMessage(recipient, message, SenderOf(in pdu))
            : null;

    private object? Read(in Pdu pdu, IInternalActorRef recipient, Address peer)
    {
        var message = remoting.Codec.Read(in pdu.Payload, out var reason);
        if (message == null)
        {
            remoting.Rejections.Count(reason, $"{peer} sent a message for {recipient} that is not taken: serializer {pdu.Payload.SerializerId}, manifest '{Shown(pdu.Payload.Manifest)}'");
            return null;
        }
        if (remoting.Trust.Allows(message, recipient, pdu.Recipient.Contains((byte)'#'), peer))
            return message;
        remoting.Rejections.Count(Rejection.Untrusted, $"{peer} may not send a {message.GetType().Name} to {recipient}; allow a selection by adding its path to akka.remote.trusted-selection-paths");
        return null;
    }

    private IInternalActorRef? FindRecipient(in Pdu pdu)
    {
        var path = pdu.Recipient;
        if (_recipients.TryGet(path, out var known) && !known.IsTerminated)
            return known;
        if (path.Length > PathBytesMax || remoting.FindLocal(path) is not { } recipient)
        {
            remoting.Rejections.Count(Rejection.NotForThisSystem, $"A message came in for '{Shown(path)}', which is not here");
            return null;
        }
        if (recipient is LocalActorRef)
            _recipients.Set(path.ToArray(), recipient);
        return recipient;
    }

    private IInternalActorRef? SenderOf(in Pdu pdu)
    {
        if (!pdu.HasSender || pdu.Sender.Length > PathBytesMax)
            return null;
        if (_senders.TryGet(pdu.Sender, out var known))
            return known;
        var sender = remoting.Resolve(pdu.Sender);
        // The place of an answer is used once: remembering it would only push out others.
        if (sender is RemoteActorRef && pdu.Sender.IndexOf("/temp/"u8) < 0)
            _senders.Set(pdu.Sender.ToArray(), sender);
        return sender;
    }

    private static string Shown(ReadOnlySpan<byte> text) =>
        string.Concat(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)]).Select(c => char.IsControl(c) ? '?' : c));
}
