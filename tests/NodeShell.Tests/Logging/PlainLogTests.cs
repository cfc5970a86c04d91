using Actors.NodeShell;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using AkkaLogging = Akka.Event.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NodeShell.Tests.Logging;

public sealed class PlainLogTests
{
    private static readonly ActorInitializationException Failure = new(
        "an actor could not be made", new InvalidOperationException("the store is in use", new IOException("the disk is full")));

    [Fact]
    public void What_failed_and_why_is_one_line_without_types_and_stack_traces()
    {
        var line = LineOf("The cache has failed: the store is in use", Thrown());
        Assert.EndsWith("Z [ERROR] The cache has failed: the store is in use: the disk is full", line);
        Assert.DoesNotContain("Exception", line);
    }

    [Fact]
    public void What_is_logged_without_a_cause_is_told_as_it_is() =>
        Assert.EndsWith("Z [ERROR] Something\\x0Aodd", LineOf("Something\nodd", null));

    [Fact]
    public void The_level_debug_adds_who_logged_it_and_the_stack_trace()
    {
        var line = LineOf("It has failed", Thrown(), isDetailed: true);
        Assert.Contains("[akka://Client/user/replica]", line);
        Assert.Contains("at NodeShell.Tests.Logging.PlainLogTests.Thrown", line);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("akka://Client/user/replica", true)]
    [InlineData("remoting (akka://Client)", false)]
    [InlineData("[akka://Client/system/endpointManager/reliableEndpointWriter-akka.tcp-1/endpointWriter#12]", false)]
    public async Task Actors_log_to_the_host_and_what_remoting_says_of_its_connections_is_left_to_the_story(string source, bool isTold)
    {
        var told = new ToldLog();
        var config = ConfigurationFactory.ParseString("akka.loglevel = WARNING, akka.stdout-loglevel = OFF");
        using var host = NodeHost.CreateBuilder(config)
            .ConfigureLogging(logging => logging.ClearProviders().AddProvider(told))
            .ConfigureServices(services => services.AddAkka("Test", (akka, _) => akka.WithNode(config)))
            .Build();
        await host.StartAsync();
        var bus = host.Services.GetRequiredService<ActorSystem>().EventStream;
        AkkaLogging.GetLogger(bus, source).Warning("Tried to associate");
        AkkaLogging.GetLogger(bus, "last").Warning("The end");
        await told.Last;
        await host.StopAsync();

        Assert.Equal(isTold, told.Lines.Contains($"{source}: Tried to associate"));
    }

    private static string LineOf(string message, Exception? cause, bool isDetailed = false)
    {
        using var line = new StringWriter();
        new PlainLog(Options.Create(new PlainLog.Options { IsDetailed = isDetailed }))
            .Write(new LogEntry<string>(LogLevel.Error, "akka://Client/user/replica", default, message, cause, (state, _) => state), null, line);
        return line.ToString().TrimEnd();
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

    /// <summary>Remembers what is logged, until "last" has logged.</summary>
    private sealed class ToldLog : ILoggerProvider
    {
        private readonly TaskCompletionSource _last = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Lines { get; } = [];

        public Task Last => _last.Task;

        public ILogger CreateLogger(string categoryName) => new OneLogger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class OneLogger(ToldLog told, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (category.Contains("last", StringComparison.Ordinal))
                    told._last.TrySetResult();
                else
                    told.Lines.Add($"{category}: {formatter(state, exception)}");
            }
        }
    }
}
