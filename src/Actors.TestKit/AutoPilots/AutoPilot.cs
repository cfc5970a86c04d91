using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Answers for a test actor while the test is busy elsewhere. It sees each message before the test does.</summary>
public abstract class AutoPilot
{
    /// <summary>Returned by <see cref="Run"/>: keep this pilot.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Returned by <see cref="Run"/>: no pilot from now on.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Handles a message, in the test actor's turn.</summary>
    /// <returns>The pilot for the next message, <see cref="KeepRunning"/> or <see cref="NoAutoPilot"/>.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}
