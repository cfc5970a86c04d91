namespace Actors.Tests.Actor;

/// <summary>What a scripted actor does beyond telling its life.</summary>
internal sealed class Script
{
    public SupervisorStrategy? Strategy { get; init; }

    /// <summary>Whether the hooks tell the story.</summary>
    public bool TellsLife { get; init; } = true;

    public bool KeepsChildrenOnRestart { get; init; }

    public bool HandlesTerminated { get; init; } = true;

    public Action<int>? OnConstruct { get; init; }

    public Action<IActorContext>? OnPreStart { get; init; }

    public Action? OnPostStop { get; init; }

    public Action? OnPreRestart { get; init; }

    /// <summary>How many instances were made.</summary>
    public int Instances { get; set; }
}

/// <summary>An actor that tells what happens to it.</summary>
internal sealed class Scripted : UntypedActor
{
    private readonly World _world;
    private readonly Script _script;

    public Scripted(World world, Script script)
    {
        _world = world;
        _script = script;
        script.OnConstruct?.Invoke(++script.Instances);
    }

    private string Name => Self.Path.Name;

    protected override SupervisorStrategy SupervisorStrategy() => _script.Strategy ?? base.SupervisorStrategy();

    protected override void PreStart()
    {
        Say("starts");
        _script.OnPreStart?.Invoke(Context);
    }

    protected override void PostStop()
    {
        Say("stops");
        _script.OnPostStop?.Invoke();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Say($"fails of {reason.Message} at {message?.GetType().Name ?? "nothing"}");
        _script.OnPreRestart?.Invoke();
        if (!_script.KeepsChildrenOnRestart)
            base.PreRestart(reason, message!);
    }

    protected override void PostRestart(Exception reason)
    {
        Say("restarts");
        if (!_script.KeepsChildrenOnRestart)
            base.PostRestart(reason);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case World.Run run:
                run.Code(Context);
                break;
            case Exception failure:
                throw failure;
            case Terminated terminated when _script.HandlesTerminated:
                _world.Say($"{Name} sees the end of {terminated.ActorRef.Path.Name}");
                break;
            case Terminated:
                Unhandled(message);
                break;
            default:
                _world.Say($"{Name} gets {message}");
                break;
        }
    }

    private void Say(string what)
    {
        if (_script.TellsLife)
            _world.Say($"{Name} {what}");
    }
}
