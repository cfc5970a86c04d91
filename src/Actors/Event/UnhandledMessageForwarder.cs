using Actors.Runtime;

namespace Actors.Event;

/// <summary>Logs unhandled messages at the level debug.</summary>
internal sealed class UnhandledMessageForwarder : UntypedActor
{
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));

    protected override void OnReceive(object message)
    {
        if (message is UnhandledMessage unhandled)
        {
            Context.System.EventStream.Publish(new Debug(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(),
                $"Unhandled message from {unhandled.Sender?.Path.ToString() ?? "NoSender"} : {unhandled.Message}"));
        }
    }
}
