using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Finds the refs of a system that has remoting, and by them its address.</summary>
public sealed class RARP : ExtensionIdProvider<RARP>, IExtension
{
    private readonly IRemoteActorRefProvider? _provider;

    /// <summary>Creates the id; <see cref="For"/> is the way to the extension.</summary>
    public RARP() { }

    private RARP(IRemoteActorRefProvider provider) => _provider = provider;

    /// <summary>The refs of the system.</summary>
    /// <exception cref="InvalidOperationException">This is the id, not the extension of a system.</exception>
    public IRemoteActorRefProvider Provider => _provider ?? throw new InvalidOperationException("Use RARP.For(system).");

    /// <summary>The extension of a system.</summary>
    /// <exception cref="InvalidCastException">The system has no remoting.</exception>
    public static RARP For(ActorSystem system) => system.WithExtension<RARP, RARP>();

    /// <inheritdoc/>
    public override RARP CreateExtension(ExtendedActorSystem system) => new((IRemoteActorRefProvider)system.Provider);
}
