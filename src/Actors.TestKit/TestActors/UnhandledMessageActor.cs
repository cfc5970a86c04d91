using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Leaves every message unhandled.</summary>
public class UnhandledMessageActor : ReceiveActor
{
    /// <summary>Creates the actor.</summary>
    public UnhandledMessageActor() => ReceiveAny(Unhandled);

    /// <summary>How to make one.</summary>
    public static Props Props { get; } = Props.Create<UnhandledMessageActor>();
}
