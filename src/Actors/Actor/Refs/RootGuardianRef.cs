namespace Actors.Runtime;

/// <summary>The ref <c>/</c>: besides its children it knows places that are no actors, such as <c>/temp</c>.</summary>
internal sealed class RootGuardianRef(
    ActorSystemImpl system,
    Props props,
    MessageDispatcher dispatcher,
    IInternalActorRef supervisor,
    ActorPath path,
    Func<string, IInternalActorRef?> extraNames) : LocalActorRef(system, props, dispatcher, null, supervisor, path)
{
    public override IInternalActorRef Parent => this;

    public override IInternalActorRef GetSingleChild(string name) => extraNames(name) ?? base.GetSingleChild(name);
}
