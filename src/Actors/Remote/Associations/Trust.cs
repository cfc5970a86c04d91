using Actors.Runtime;
using Actors.Runtime.SystemMessages;

namespace Actors.Remote;

/// <summary>
/// What a remote peer may do. Always: no message in the name of a third party. In untrusted mode moreover: nothing that
/// stops actors, and by path only what the configuration names; a ref with its incarnation had to be given to the peer.
/// </summary>
internal sealed class Trust(RemoteSettings settings)
{
    private const string RemoteWatcherPath = "/system/remote-watcher";

    /// <param name="message">What was sent.</param>
    /// <param name="recipient">To whom.</param>
    /// <param name="isByRef">Whether the peer named the recipient's incarnation, as only who was given its ref can.</param>
    /// <param name="peer">By whom.</param>
    public bool Allows(object message, IInternalActorRef recipient, bool isByRef, Address peer)
    {
        var isItsOwn = message switch
        {
            Watch watch => watch.Watchee.Equals(recipient) && watch.Watcher.Path.Address == peer,
            Unwatch unwatch => unwatch.Watchee.Equals(recipient) && unwatch.Watcher.Path.Address == peer,
            DeathWatchNotification end => end.Actor.Path.Address == peer,
            _ => true,
        };
        return isItsOwn && (!settings.UntrustedMode || AllowsUntrusted(message, recipient, isByRef));
    }

    private bool AllowsUntrusted(object message, IInternalActorRef recipient, bool isByRef) => message switch
    {
        ActorSelectionMessage { Message: IPossiblyHarmful } => false,
        ActorSelectionMessage selection => recipient.Path.Depth == 0 && IsTrusted(PathOf(selection)),
        IPossiblyHarmful => false,
        _ => isByRef || IsPlaceOfAnswer(recipient.Path) || IsTrusted(recipient.Path.ToStringWithoutAddress()),
    };

    private bool IsTrusted(string path) => path == RemoteWatcherPath || settings.TrustedSelectionPaths.Contains(path);

    private static bool IsPlaceOfAnswer(ActorPath path) => path.Depth == 2 && path.Parent!.Name == "temp";

    /// <summary>The one path a selection means; empty, which is trusted nowhere, if it could mean several.</summary>
    private static string PathOf(ActorSelectionMessage selection) =>
        Array.TrueForAll(selection.Elements, e => e is SelectChildName) ? "/" + string.Join('/', selection.Elements.Select(e => e.ToString())) : "";
}
