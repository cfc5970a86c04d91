using Actors.Event;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Puts what it receives where the test can find it.</summary>
internal sealed class InternalTestActor(TestActorQueue queue) : ActorBase
{
    private readonly ChildSupervision _children = new();
    private TestActor.Ignore? _ignore;
    private AutoPilot _autoPilot = AutoPilot.NoAutoPilot;

    protected override SupervisorStrategy SupervisorStrategy() => _children;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore setIgnore:
                _ignore = setIgnore.Ignore;
                return true;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                return true;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                return true;
            case TestActor.SetAutoPilot setAutoPilot:
                _autoPilot = setAutoPilot.AutoPilot;
                return true;
            case TestActor.Spawn spawn:
                IActorRef child = Context.ActorOf(spawn.Props, spawn.Name);
                _children.Set(child, spawn.SupervisorStrategy);
                Sender.Tell(child, Self);
                return true;
            default:
                Keep(message);
                return true;
        }
    }

    protected override void PostStop()
    {
        foreach (MessageEnvelope left in queue.Drain())
            Context.System.DeadLetters.Tell(new DeadLetter(left.Message!, left.Sender, Self), Self);
    }

    private void Keep(object message)
    {
        AutoPilot next = _autoPilot.Run(Sender, message);
        if (next is not KeepRunning)
            _autoPilot = next;
        if (_ignore?.Invoke(message) != true)
            queue.Enqueue(new RealMessageEnvelope(message, Sender));
    }
}
