namespace Actors.Runtime;

/// <summary>The id of <see cref="CoordinatedShutdown"/>.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    /// <inheritdoc/>
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var shutdown = new CoordinatedShutdown(system, ShutdownPhases.Read(system.Settings.Config.GetConfig("akka.coordinated-shutdown")));
        shutdown.AddLastTask();
        shutdown.ListenForEndOfProcess();
        return shutdown;
    }
}
