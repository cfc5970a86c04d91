using System.Linq.Expressions;
using Actors.Runtime;
using Actors.Runtime.Dsl;

namespace Actors.Testing;

// Creating and finding actors.
public abstract partial class TestKitBase
{
    /// <summary>Creates an actor below <c>/user</c>.</summary>
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    /// <summary>Creates an actor below <c>/user</c>.</summary>
    public IActorRef ActorOf(Props props, string? name) => Sys.ActorOf(props, name);

    /// <summary>Creates an actor below <c>/user</c>.</summary>
    public IActorRef ActorOf<TActor>()
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());

    /// <summary>Creates an actor below <c>/user</c>.</summary>
    public IActorRef ActorOf<TActor>(string name)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Creates an actor below <c>/user</c>.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));

    /// <summary>Creates an actor below <c>/user</c>.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    /// <summary>Creates an actor below <c>/user</c> that the function describes.</summary>
    public IActorRef ActorOf(Action<IActorDsl, IActorContext> configure, string? name = null) => ActExtensions.ActorOf(this, configure, name);

    /// <summary>Creates an actor below <c>/user</c> that the function describes.</summary>
    public IActorRef ActorOf(Action<IActorDsl> configure, string? name = null) => ActExtensions.ActorOf(this, configure, name);

    /// <summary>Creates an actor that runs on its senders' threads, and whose instance the test may look at.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, IActorRef? supervisor, string? name = null)
        where TActor : ActorBase => new(Sys, props, supervisor, name);

    /// <inheritdoc cref="ActorOfAsTestActorRef{TActor}(Props, IActorRef, string)"/>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, string? name = null)
        where TActor : ActorBase => new(Sys, props, null, name);

    /// <inheritdoc cref="ActorOfAsTestActorRef{TActor}(Props, IActorRef, string)"/>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, IActorRef? supervisor, string? name = null)
        where TActor : ActorBase => new(Sys, Props.Create(factory), supervisor, name);

    /// <inheritdoc cref="ActorOfAsTestActorRef{TActor}(Props, IActorRef, string)"/>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => new(Sys, Props.Create(factory), null, name);

    /// <inheritdoc cref="ActorOfAsTestActorRef{TActor}(Props, IActorRef, string)"/>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(IActorRef supervisor, string? name = null)
        where TActor : ActorBase, new() => new(Sys, Props.Create<TActor>(), supervisor, name);

    /// <inheritdoc cref="ActorOfAsTestActorRef{TActor}(Props, IActorRef, string)"/>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(string? name = null)
        where TActor : ActorBase, new() => new(Sys, Props.Create<TActor>(), null, name);

    /// <summary>See <see cref="ActorSystem.ActorSelection(ActorPath)"/>.</summary>
    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>See <see cref="ActorSystem.ActorSelection(string)"/>.</summary>
    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>Selects actors relative to another one.</summary>
    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => Sys.ActorSelection(anchorRef, actorPath);

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string? name, SupervisorStrategy? supervisorStrategy, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ChildActorOfAsync(props, name, supervisorStrategy, cancellationToken));

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        ChildActorOf(props, null, supervisorStrategy, cancellationToken);

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default) =>
        ChildActorOf(props, name, null, cancellationToken);

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) =>
        ChildActorOf(props, null, null, cancellationToken);

    /// <summary>Creates a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, string? name, SupervisorStrategy? supervisorStrategy, CancellationToken cancellationToken = default) =>
        TestActor.Ask<IActorRef>(new Testing.TestActor.Spawn(props, name, supervisorStrategy), RemainingOrDefault, cancellationToken);

    /// <summary>Creates a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, null, supervisorStrategy, cancellationToken);

    /// <summary>Creates a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, string name, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, name, null, cancellationToken);

    /// <summary>Creates a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, null, null, cancellationToken);

    /// <summary>Creates another test actor, with expectations of its own.</summary>
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    /// <summary>Creates another test actor, with expectations of its own, in another system.</summary>
    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    /// <summary>Creates an actor that does what a test actor does, but whose messages nobody sees.</summary>
    public IActorRef CreateTestActor(string name) =>
        ((ExtendedActorSystem)Sys).SystemActorOf(Props.CreateBy(new TestActorProducer(new TestActorQueue(), new TaskCompletionSource<ActorCell>())), name);

    /// <summary>Creates a gate that opens after so many calls.</summary>
    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, TestKitSettings.DefaultTimeout, count);

    /// <summary>Creates a place where so many threads wait for each other.</summary>
    public TestBarrier CreateTestBarrier(int count) => new(this, count);
}
