using Actors.Runtime.Setup;

namespace Actors.Tests.Actor;

public sealed class SetupTests
{
    [Fact]
    public void A_bootstrap_setup_brings_configuration_fallback_and_provider()
    {
        BootstrapSetup setup = BootstrapSetup.Create()
            .WithConfig("a = 1, akka.actor.provider = local, akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }")
            .WithConfigFallback("a = 2, b = 2")
            .WithActorRefProvider(ProviderSelection.Remote.Instance);
        using ActorSystem system = ActorSystem.Create("bootstrapped", setup);
        Assert.Equal(1, system.Settings.Config.GetInt("a"));
        Assert.Equal(2, system.Settings.Config.GetInt("b"));
        Assert.Equal("remote", system.Settings.ProviderClass);
        Assert.NotNull(((ExtendedActorSystem)system).Provider.DefaultAddress.Port);
    }

    [Fact]
    public void Without_anything_there_are_the_defaults()
    {
        using ActorSystem system = ActorSystem.Create("plain", BootstrapSetup.Create());
        Assert.Equal("local", system.Settings.ProviderClass);
        using ActorSystem empty = ActorSystem.Create("empty", ActorSystemSetup.Empty);
        Assert.Equal("local", empty.Settings.ProviderClass);
    }

    [Fact]
    public void Of_two_parts_of_a_type_the_last_counts()
    {
        ActorSystemSetup setup = BootstrapSetup.Create().WithConfig("a = 1").And(new Other()).And(BootstrapSetup.Create().WithConfig("a = 2"));
        using ActorSystem system = ActorSystem.Create("parts", setup);
        Assert.Equal(2, system.Settings.Config.GetInt("a"));
        using ActorSystem created = ActorSystem.Create("created", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig("a = 3"), new Other()));
        Assert.Equal(3, created.Settings.Config.GetInt("a"));
    }

    [Fact]
    public void A_fallback_alone_is_the_configuration()
    {
        using ActorSystem system = ActorSystem.Create("fallback", BootstrapSetup.Create().WithConfigFallback("b = 2").WithActorRefProvider(ProviderSelection.Local.Instance));
        Assert.Equal(2, system.Settings.Config.GetInt("b"));
    }

    [Fact]
    public void Extensions_that_the_configuration_names_are_there_and_what_is_none_is_logged() => World.Each(
        world =>
        {
            Assert.True(world.System.HasExtension<Clock>());
            Assert.Equal(2, world.Logged.OfType<Error>().Count());
        },
        $"""akka.extensions = ["{typeof(ClockId).AssemblyQualifiedName}", "{typeof(Other).AssemblyQualifiedName}", "No.Such, Thing"]""");

    private sealed class Clock : IExtension;

    private sealed class ClockId : ExtensionIdProvider<Clock>
    {
        public override Clock CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Other : Actors.Runtime.Setup.Setup;

    [Theory]
    [InlineData("hallo_welt")]
    [InlineData("-hallowelt")]
    [InlineData("hallo.welt")]
    [InlineData("hallo@welt")]
    [InlineData("hallo/welt")]
    [InlineData("")]
    public void A_name_that_an_address_cannot_hold_on_every_node_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact(Timeout = 20_000)]
    public async Task A_system_that_has_ended_takes_no_callback()
    {
        ActorSystem system = ActorSystem.Create("ABCxyz-019");
        await system.Terminate();
        Assert.Equal("ActorSystem already terminated.", Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { })).Message);
    }
}
