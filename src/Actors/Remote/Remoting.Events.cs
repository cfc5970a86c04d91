using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>What remoting tells the rest of the system.</summary>
internal sealed partial class Remoting
{
    /// <summary>Makes public what an association decided.</summary>
    public void Tell(Address remote, AssociationEffect effect)
    {
        switch (effect.Kind)
        {
            case AssociationEffectKind.Associated:
                Publish(new AssociatedEvent(LocalAddress, remote, effect.IsInbound));
                break;
            case AssociationEffectKind.Disassociated:
                Publish(new DisassociatedEvent(LocalAddress, remote, effect.IsInbound));
                break;
            case AssociationEffectKind.Failed:
                var cause = new RemoteTransportException(Gated(remote, effect.Cause));
                Publish(new AssociationErrorEvent(cause, LocalAddress, remote, effect.IsInbound, LogLevel.WarningLevel));
                break;
            case AssociationEffectKind.Lost:
                Log.Warning(Gated(remote, "it ended the connection"));
                break;
            case AssociationEffectKind.Quarantined:
                Publish(new QuarantinedEvent(remote, (int)effect.Uid));
                break;
            case AssociationEffectKind.QuarantinedByPeer:
                Publish(new ThisActorSystemQuarantinedEvent(LocalAddress, remote));
                break;
            case AssociationEffectKind.PeerShutDown:
                Log.Debug("{0} has shut down", remote);
                break;
        }
    }

    /// <summary>Everything at an address is gone, as far as this system is concerned.</summary>
    public void DeclareTerminated(Address remote) => _system.AddressTerminations.Publish(remote);

    /// <summary>From which level on events are logged; above all levels if none are.</summary>
    private static LogLevel LevelOf(string setting) => setting.ToUpperInvariant() switch
    {
        "ON" or "TRUE" or "DEBUG" => LogLevel.DebugLevel,
        "OFF" or "FALSE" => LogLevel.ErrorLevel + 1,
        _ => Logging.LogLevelFor(setting),
    };

    private string Gated(Address remote, string? reason) =>
        $"Association with remote system {remote} has failed; address is now gated for {Settings.Timings.RetryGateClosedFor.TotalMilliseconds} ms. Reason: {reason}";

    private void Publish(RemotingLifecycleEvent happened)
    {
        _system.EventStream.Publish(happened);
        if (happened.LogLevel() >= _lifecycleLevel)
            Log.Log(happened.LogLevel(), null, happened.ToString()!);
    }
}
