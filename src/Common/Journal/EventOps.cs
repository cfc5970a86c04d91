using Actors.Messages.Identity;

namespace Actors.Common;

/// <summary>
/// The words of the history's field "op". The same for what client and server tell of one thing, and never used again:
/// not after a restart, and not for another identity.
/// </summary>
public static class EventOps
{
    public static string Push(PushId push) => $"push-{push.Node}-{push.Counter}";

    public static string Pull(ulong session, ulong request) => $"pull-{session}-{request}";

    /// <param name="node">Who asks to be let in.</param>
    /// <param name="instance">Its actor system.</param>
    /// <param name="attempt">Counted by that.</param>
    public static string Join(NodeId node, ulong instance, ulong attempt) => $"join-{node}-{instance:x}-{attempt}";
}
