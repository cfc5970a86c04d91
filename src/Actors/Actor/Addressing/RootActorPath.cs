namespace Actors.Runtime;

/// <summary>The root of the paths of one system: <c>akka://System/</c>.</summary>
public sealed class RootActorPath : ActorPath
{
    /// <summary>Creates the root at an address.</summary>
    public RootActorPath(Address address, string name = "") : base(address, name) { }
}
