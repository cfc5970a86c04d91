using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>The refs of a system that talks to others: its own, and remote ones for every other address.</summary>
internal sealed class RemoteActorRefProvider : IActorRefProvider
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

    /// <summary>Gives an incarnation of another system up.</summary>
    public void Quarantine(Address address, long? uid)
    {
        Remoting.Quarantine(address, uid);
        Remoting.DeclareTerminated(address);
    }

    public ActorPath TempPath() => Local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => Local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => Local.UnregisterTempActor(path);

    /// <inheritdoc/>
    /// <exception cref="RemoteTransportException">The address has a protocol that this system does not speak.</exception>
    public IActorRef RootGuardianAt(Address address)
    {
        if (IsOwn(address))
            return RootGuardian;
        return Remoting.Speaks(address)
            ? new RemoteActorRef(Remoting, new RootActorPath(address))
            : throw new RemoteTransportException(UnspokenBy(address));
    }

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (IsOwn(actorPath.Address))
            return Local.ResolveLocal(actorPath);
        if (IgnoreActorRef.IsAt(actorPath))
            return IgnoreRef;
        if (Remoting.Speaks(actorPath.Address))
            return new RemoteActorRef(Remoting, actorPath);
        Remoting.Log.Warning("{0} leads nowhere: {1}", actorPath, UnspokenBy(actorPath.Address));
        return Remoting.Nowhere(actorPath);
    }

    public Address? GetExternalAddressFor(Address address)
    {
        if (IsOwn(address))
            return RootPath.Address;
        return Remoting.Speaks(address) && address is { HasGlobalScope: true, Port: not null } ? DefaultAddress : null;
    }

    private string UnspokenBy(Address address) => $"{address} has the protocol {address.Protocol}, and this system speaks {DefaultAddress.Protocol} only";

    private bool IsOwn(Address address) => address == Local.DefaultAddress || address == DefaultAddress;
}
