namespace Actors.Runtime;

/// <summary>A ref that drops what it is told without a word: for answers that nobody wants.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider) : MinimalActorRef
{
    /// <summary>The same in every system, so that the ref means the same wherever it is sent.</summary>
    private static readonly ActorPath CommonPath = new RootActorPath(new Address("akka", "local")) / "ignore";

    public override ActorPath Path => CommonPath;

    public override IActorRefProvider Provider => provider;

    /// <summary>Whether a path is that of the ref that ignores.</summary>
    public static bool IsAt(ActorPath path) => path.Depth == 1 && path.Equals(CommonPath);
}
