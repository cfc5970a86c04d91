using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>The refs of a system that talks to others: its own, and remote ones for every other address.</summary>
internal sealed class RemoteActorRefProvider : IRemoteActorRefProvider
{
    private readonly ActorSystemImpl _system;

    public RemoteActorRefProvider(ActorSystemImpl system)
    {
        _system = system;
        Local = new LocalActorRefProvider(system);
        RemoteWatcher = Local.DeadLetters;
    }

    /// <summary>The provider of this system's own refs.</summary>
    public LocalActorRefProvider Local { get; }

    public Remoting Remoting { get; private set; } = null!;

    public RemoteTransport Transport => Remoting;

    public IActorRef RemoteWatcher { get; private set; }

    public IInternalActorRef RootGuardian => Local.RootGuardian;

    public IInternalActorRef Guardian => Local.Guardian;

    public IInternalActorRef SystemGuardian => Local.SystemGuardian;

    public IActorRef DeadLetters => Local.DeadLetters;

    public IActorRef IgnoreRef => Local.IgnoreRef;

    public ActorPath RootPath => Local.RootPath;

    public Settings Settings => Local.Settings;

    public IInternalActorRef TempContainer => Local.TempContainer;

    public Task TerminationTask => Local.TerminationTask;

    public Address DefaultAddress => Remoting?.LocalAddress ?? Local.DefaultAddress;

    /// <summary>Builds the tree and starts to listen.</summary>
    public void Init()
    {
        Local.Init();
        Remoting = new Remoting(_system, this);
        RemoteWatcher = _system.SystemActorOf(Props.Create(() => new RemoteWatcher(this, Remoting.Settings.WatchDetector)), "remote-watcher");
        _system.SystemActorOf(Props.Create(() => new RemotingTerminator(Remoting, Local.SystemGuardian)), "remoting-terminator");
        Remoting.Start();
    }

    /// <summary>Gives an incarnation of another system up, and all actors there are gone.</summary>
    public void GiveUp(Address address, long? uid)
    {
        Remoting.GiveUp(address, uid);
        Remoting.DeclareTerminated(address);
    }

    public void Quarantine(Address address, int? uid) => Remoting.Quarantine(address, uid);

    public ActorPath TempPath() => Local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => Local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => Local.UnregisterTempActor(path);

    /// <inheritdoc/>
    /// <exception cref="RemoteTransportException">The address has a protocol that this system does not speak.</exception>
    public IActorRef RootGuardianAt(Address address)
    {
        if (HasAddress(address))
            return RootGuardian;
        _ = Remoting.LocalAddressForRemote(address);
        return new RemoteActorRef(Remoting, new RootActorPath(address));
    }

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (HasAddress(actorPath.Address))
            return Local.ResolveLocal(actorPath);
        if (IgnoreActorRef.IsAt(actorPath))
            return IgnoreRef;
        if (Remoting.Speaks(actorPath.Address))
            return new RemoteActorRef(Remoting, actorPath);
        Remoting.Log.Warning("{0} leads nowhere: {1}", actorPath, Remoting.Unspoken(actorPath.Address));
        return Remoting.Nowhere(actorPath);
    }

    public IInternalActorRef ResolveActorRefWithLocalAddress(string path, Address localAddress) => (IInternalActorRef)ResolveActorRef(path);

    public Address? GetExternalAddressFor(Address address)
    {
        if (HasAddress(address))
            return RootPath.Address;
        return Remoting.Speaks(address) && address is { HasGlobalScope: true, Port: not null } ? DefaultAddress : null;
    }

    public bool HasAddress(Address address) => address == Local.DefaultAddress || address == DefaultAddress;
}
