using Actors.Messages;

namespace Actors.Common;

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
