using Actors.Configuration;
using Actors.Event;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Starts systems for tests: test actors run on their senders' threads, and the console can be muted.</summary>
internal static class TestSystem
{
    public static ActorSystem Start(string name, Config config)
    {
        var sink = new MutingLogSink(StandardOutLogSink.Instance);
        var environment = new RuntimeEnvironment
        {
            LogSink = sink,
            Dispatcher = wanted => wanted.Type == nameof(CallingThreadDispatcher) ? new CallingThreadDispatcher(wanted.Id) : null,
        };
        ActorSystem system = ActorSystem.Create(name, config, environment);
        TestKitExtension.For(system).LogSink = sink;
        return system;
    }
}
