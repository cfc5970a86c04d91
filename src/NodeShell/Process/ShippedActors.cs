using System.Reflection;

namespace Actors.NodeShell;

/// <summary>
/// The laboratory has an Akka.NET of its own whose calls to clocks and randomness go to a simulated world. No node that
/// runs as a process may get hold of it.
/// </summary>
public static class ShippedActors
{
    private const string Mark = "woven";

    /// <exception cref="FailureException">This process would run on what is meant for the laboratory.</exception>
    public static void Require()
    {
        foreach (var type in (Type[])[typeof(ActorSystem), typeof(RemoteActorRefProvider)])
        {
            var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            if (version?.Contains(Mark, StringComparison.Ordinal) == true)
                throw new FailureException($"{type.Assembly.GetName().Name} {version} is made for simulation", type.Assembly.Location, "start a node from its own directory, not from the laboratory's");
        }
    }
}
