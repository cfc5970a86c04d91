namespace Actors.Runtime;

/// <summary>Makes and finds local refs, and builds the tree that every system begins with.</summary>
internal sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly ActorSystemImpl _system;
    private readonly ActorPath _tempNode;
    private readonly Dictionary<string, IInternalActorRef> _extraNames = new(StringComparer.Ordinal);
    private RootGuardianRef _root = null!;
    private readonly RootSupervisorRef _rootSupervisor;
    private VirtualPathContainer _temp = null!;
    private long _tempNumber;

    /// <summary>Creates the provider; the tree comes with <see cref="Init"/>.</summary>
    public LocalActorRefProvider(ActorSystemImpl system)
    {
        _system = system;
        DefaultAddress = new Address("akka", system.Name);
        RootPath = new RootActorPath(DefaultAddress);
        _tempNode = RootPath / "temp";
        DeadLetters = new DeadLetterActorRef(this, RootPath / "deadLetters", system.EventStream);
        _rootSupervisor = new RootSupervisorRef(RootPath, this, system);
        IgnoreRef = new IgnoreActorRef(this);
        // Not from 0: an answer to an incarnation of this system that is gone must not find a question of the new one.
        _tempNumber = system.Environment.NextUid() << 8;
    }

    public IInternalActorRef RootGuardian => _root;

    public IInternalActorRef Guardian { get; private set; } = null!;

    public IInternalActorRef SystemGuardian { get; private set; } = null!;

    public IActorRef DeadLetters { get; }

    public IActorRef IgnoreRef { get; }

    public ActorPath RootPath { get; }

    public Settings Settings => _system.Settings;

    public IInternalActorRef TempContainer => _temp;

    public Task TerminationTask => _rootSupervisor.Ended;

    public Address DefaultAddress { get; }

    /// <summary>Builds the tree: <c>/</c>, <c>/user</c>, <c>/system</c>, <c>/temp</c>.</summary>
    public void Init()
    {
        MessageDispatcher dispatcher = _system.Dispatchers.DefaultGlobalDispatcher;
        _root = new RootGuardianRef(_system, Props.Create<RootGuardian>(), dispatcher, _rootSupervisor, RootPath, FindExtra);
        _temp = new VirtualPathContainer(this, _tempNode, _root);
        _extraNames.Add("temp", _temp);
        _extraNames.Add("deadLetters", (IInternalActorRef)DeadLetters);
        SupervisorStrategy strategy = _system.Settings.GuardianStrategy();
        Guardian = (IInternalActorRef)_root.Cell.ActorOf(Props.Create<UserGuardian>().WithSupervisorStrategy(strategy), "user");
        SystemGuardian = (IInternalActorRef)_root.Cell.ActorOf(Props.Create<SystemGuardian>(Guardian), "system");
        _root.Start();
    }

    /// <summary>Adds a ref directly below the root that is no child of it.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames.Add(name, actor);

    public ActorPath TempPath() => _tempNode / ActorCell.Base64(Interlocked.Increment(ref _tempNumber));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _temp.Add(path.Name, actorRef);

    public void UnregisterTempActor(ActorPath path) => _temp.Remove(path.Name);

    public IActorRef RootGuardianAt(Address address) => address == DefaultAddress ? RootGuardian : DeadLetters;

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out ActorPath? parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (IgnoreActorRef.IsAt(actorPath))
            return IgnoreRef;
        return actorPath.Address == DefaultAddress ? ResolveLocal(actorPath) : DeadLetters;
    }

    /// <summary>The ref behind the names of a path, whatever its address; a dead one if there is none.</summary>
    internal IInternalActorRef ResolveLocal(ActorPath path)
    {
        IActorRef found = path.Depth == 0 ? _root : _root.GetChild(path.Elements);
        bool isIncarnation = path.Uid == 0 || found.Path.Uid == path.Uid;
        return found.IsNobody() || !isIncarnation
            ? new EmptyLocalActorRef(_system.Provider, RootedHere(path), _system.EventStream)
            : (IInternalActorRef)found;
    }

    public Address? GetExternalAddressFor(Address address) => address == DefaultAddress ? address : null;

    private IInternalActorRef? FindExtra(string name) => _extraNames.GetValueOrDefault(name);

    private ActorPath RootedHere(ActorPath path) => (RootPath / path.Elements).WithUid(path.Uid);
}
