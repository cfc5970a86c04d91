using Actors.Hosting;
using Xunit;

namespace Hosting.Tests.Logging;

public sealed class PlainLoggerTests
{
    private static readonly ActorInitializationException Failure = new ActorInitializationException(
        "an actor could not be made", new InvalidOperationException("the store is in use", new IOException("the disk is full")));

    [Fact]
    public void What_failed_and_why_is_one_line_without_types_and_stack_traces()
    {
        var line = PlainLogText.Of(new Error(Thrown(), "akka://Client/user/replica", typeof(PlainLoggerTests), "The cache has failed: the store is in use"));
        Assert.EndsWith("Z [ERROR] The cache has failed: the store is in use: the disk is full", line);
        Assert.DoesNotContain("Exception", line);
    }

    [Fact]
    public void What_is_logged_without_a_cause_is_told_as_it_is() =>
        Assert.EndsWith("Z [WARNING] Something\\x0Aodd", PlainLogText.Of(new Warning("source", typeof(PlainLoggerTests), "Something\nodd")));

    [Theory]
    [InlineData("remoting (akka://Client)", true)]
    [InlineData("[akka://Client/system/endpointManager/reliableEndpointWriter-akka.tcp-1/endpointWriter#12]", true)]
    [InlineData("akka://Client/user/replica", false)]
    public void What_remoting_says_of_its_connections_is_left_to_the_story(string source, bool isLeft) =>
        Assert.Equal(isLeft, PlainLogger.IsOfConnections(new Warning(source, typeof(PlainLoggerTests), "Tried to associate")));

    [Fact(Timeout = 60_000)]
    public async Task A_system_logs_by_it()
    {
        var system = ActorSystem.Create("Test", PlainLogger.Over(ConfigurationFactory.ParseString("akka.loglevel = WARNING, akka.stdout-loglevel = OFF")));
        try
        {
            Assert.Contains(nameof(PlainLogger), system.Settings.Config.GetStringList("akka.loggers").Single());
            await system.ActorSelection("/system/log*-PlainLogger").ResolveOne(TimeSpan.FromSeconds(30));
        }
        finally
        {
            await system.Terminate();
        }
    }

    private static ActorInitializationException Thrown()
    {
        try
        {
            throw Failure;
        }
        catch (ActorInitializationException e)
        {
            return e;
        }
    }
}
