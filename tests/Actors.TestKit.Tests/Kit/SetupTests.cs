namespace Actors.Testing.Tests.Kit;

public sealed class SetupTests : TestKit
{
    public SetupTests() : base(BootstrapSetup.Create().And(BootstrapSetup.Create().WithConfig("a = 1, akka.test.timefactor = 2")), "parts")
    {
    }

    [Fact]
    public void A_kit_starts_its_system_with_the_parts_given()
    {
        Assert.Equal("parts", Sys.Name);
        Assert.Equal(1, Sys.Settings.Config.GetInt("a"));
        Assert.Equal(TimeSpan.FromSeconds(2), Dilated(TimeSpan.FromSeconds(1)));
    }
}
