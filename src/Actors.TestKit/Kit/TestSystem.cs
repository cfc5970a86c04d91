using Actors.Configuration;
using Actors.Event;
using Actors.Remote;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Starts systems for tests: test actors run on their senders' threads, and the console can be muted.</summary>
internal static class TestSystem
{
    public static ActorSystem Start(string name, Config config) => Start(name, config, null, out _);

    /// <summary>Starts a system whose remoting, if it has any, uses the transport given.</summary>
    public static ActorSystem Start(string name, Config config, Func<RemoteSettings, ITransport>? transport, out RuntimeEnvironment environment)
    {
        var sink = new MutingLogSink(StandardOutLogSink.Instance);
        environment = new RuntimeEnvironment
        {
            LogSink = sink,
            Scheduler = TestScheduler.IsWanted(config) ? static () => new TestScheduler() : new RuntimeEnvironment().Scheduler,
            Transport = transport,
            Dispatcher = wanted => wanted.Type == nameof(CallingThreadDispatcher) ? new CallingThreadDispatcher(wanted.Id) : null,
        };
        ActorSystem system = ActorSystem.Create(name, config, environment);
        TestKitExtension.For(system).LogSink = sink;
        return system;
    }
}
