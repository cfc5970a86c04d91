namespace Actors.Runtime;

/// <summary>Makes and finds the refs of an actor system: local ones, and remote ones if the system has remoting.</summary>
public interface IActorRefProvider
{
    /// <summary>The ref <c>/</c>.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>The ref <c>/user</c>.</summary>
    IInternalActorRef Guardian { get; }

    /// <summary>The ref <c>/system</c>.</summary>
    IInternalActorRef SystemGuardian { get; }

    /// <summary>The ref <c>/deadLetters</c>.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>A ref that drops what it is told.</summary>
    IActorRef IgnoreRef { get; }

    /// <summary>The path of the root.</summary>
    ActorPath RootPath { get; }

    /// <summary>The settings of the system.</summary>
    Settings Settings { get; }

    /// <summary>The ref <c>/temp</c>.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>Completes when the system has stopped, remoting included.</summary>
    Task TerminationTask { get; }

    /// <summary>The address by which others reach this system; local if they cannot.</summary>
    Address DefaultAddress { get; }

    /// <summary>A path below <c>/temp</c> that was never used.</summary>
    ActorPath TempPath();

    /// <summary>Makes a ref known below <c>/temp</c>.</summary>
    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    /// <summary>Forgets a ref below <c>/temp</c>.</summary>
    void UnregisterTempActor(ActorPath path);

    /// <summary>The ref <c>/</c> at an address; it leads to dead letters if the address cannot be reached.</summary>
    IActorRef RootGuardianAt(Address address);

    /// <summary>The ref behind a path text with address; a dead one if there is none.</summary>
    IActorRef ResolveActorRef(string path);

    /// <summary>The ref behind a path; a dead one if there is none.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The own address to give to a peer at an address, or null if that peer cannot be reached.</summary>
    Address? GetExternalAddressFor(Address address);
}
