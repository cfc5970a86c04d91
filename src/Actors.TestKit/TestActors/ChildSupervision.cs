using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Gives each child of a test actor the strategy that it was created with.</summary>
internal sealed class ChildSupervision : SupervisorStrategy
{
    private readonly Dictionary<IActorRef, SupervisorStrategy> _strategies = [];

    public override IDecider Decider => DefaultStrategy.Decider;

    public void Set(IActorRef child, SupervisorStrategy? strategy)
    {
        if (strategy is not null)
            _strategies[child] = strategy;
    }

    protected override Directive Handle(IActorRef child, Exception exception) => Of(child).Decider.Decide(exception);

    internal override void ProcessFailure(IActorContext context, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children) =>
        Of(child.Child).ProcessFailure(context, restart, child, cause, children);

    internal override void HandleChildTerminated(IActorContext context, IActorRef child)
    {
        Of(child).HandleChildTerminated(context, child);
        _strategies.Remove(child);
    }

    private SupervisorStrategy Of(IActorRef child) => _strategies.GetValueOrDefault(child, DefaultStrategy);
}
