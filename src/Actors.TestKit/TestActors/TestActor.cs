using Actors.Runtime;

namespace Actors.Testing;

/// <summary>What a test actor understands besides the messages it hands to the test.</summary>
public static class TestActor
{
    /// <summary>Keeps the auto-pilot; see <see cref="AutoPilot.KeepRunning"/>.</summary>
    public static AutoPilot KeepRunning => AutoPilot.KeepRunning;

    /// <summary>Ends the auto-pilot; see <see cref="AutoPilot.NoAutoPilot"/>.</summary>
    public static AutoPilot NoAutoPilot => AutoPilot.NoAutoPilot;

    /// <summary>Stands for the message that did not come.</summary>
    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Tells whether a message is to be dropped unseen.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Sets or, with null, removes what is ignored.</summary>
    public class SetIgnore(Ignore? ignore) : INoSerializationVerificationNeeded
    {
        public Ignore? Ignore { get; } = ignore;
    }

    /// <summary>Makes the test actor watch an actor.</summary>
    public class Watch(IActorRef actorToWatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToWatch;
    }

    /// <summary>Makes the test actor stop watching an actor.</summary>
    public class Unwatch(IActorRef actorToUnwatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToUnwatch;
    }

    /// <summary>Sets the auto-pilot.</summary>
    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    /// <summary>Makes the test actor the parent of a new actor; it answers with the child's ref.</summary>
    public class Spawn(Props props, string? name, SupervisorStrategy? supervisorStrategy) : INoSerializationVerificationNeeded
    {
        public Props Props { get; } = props;

        public string? Name { get; } = name;

        public SupervisorStrategy? SupervisorStrategy { get; } = supervisorStrategy;
    }
}
