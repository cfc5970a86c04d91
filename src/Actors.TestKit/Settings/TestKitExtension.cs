using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Where a system keeps its <see cref="TestKitSettings"/>.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    /// <summary>The settings of a system.</summary>
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Apply(system);

    public override TestKitSettings CreateExtension(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        system.Dispatchers.Register(new CallingThreadDispatcher(CallingThreadDispatcher.Id));
        return new TestKitSettings(system.Settings.Config);
    }
}
