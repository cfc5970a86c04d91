using System.Text;

namespace Actors.Lab.World;

/// <summary>A node's configuration in the world: threads, timers, logs and sockets are the world's, everything else is as shipped.</summary>
internal static class SimulatedConfig
{
    private const string Dispatcher = "Actors.Lab.World.SimulatedDispatcherConfigurator, Lab";
    private const string BusyDiskDispatcher = "Actors.Lab.World.BusyDiskDispatcherConfigurator, Lab";
    private const string Mailbox = "Actors.Lab.World.SimulatedMailbox, Lab";

    // Akka.NET's own sections; remoting's follow the default dispatcher.
    private static readonly string[] Dispatchers =
    [
        "akka.actor.default-dispatcher", "akka.actor.internal-dispatcher", "akka.actor.default-blocking-io-dispatcher",
        "akka.actor.synchronized-dispatcher", "akka.actor.task-dispatcher", "akka.actor.default-fork-join-dispatcher", "akka.io.pinned-dispatcher",
    ];

    private static readonly string[] Mailboxes =
    [
        "akka.actor.default-mailbox", "akka.actor.mailbox.unbounded-queue-based", "akka.actor.mailbox.bounded-queue-based",
        "akka.actor.mailbox.unbounded-deque-based", "akka.actor.mailbox.bounded-deque-based", "akka.actor.mailbox.logger-queue",
    ];

    /// <param name="shipped">As the node would get it; its own dispatchers and mailboxes are replaced too.</param>
    public static Config Over(Config shipped)
    {
        var text = new StringBuilder(
            """
            akka.loggers = ["Actors.Lab.World.SimulatedLogger, Lab"]
            akka.stdout-logger-class = "Actors.Lab.World.SimulatedLogger, Lab"
            akka.scheduler.implementation = "Actors.Lab.World.SimulatedScheduler, Lab"
            akka.remote.dot-netty.tcp.transport-class = "Actors.Lab.World.Network.SimulatedTransport, Lab"
            akka.coordinated-shutdown.run-by-clr-shutdown-hook = off

            """);
        foreach (var section in Dispatchers)
            Set(text, section, "type", Dispatcher);
        foreach (var section in Mailboxes)
            Set(text, section, "mailbox-type", Mailbox);
        foreach (var (path, value) in shipped.IsEmpty ? [] : Values("", shipped))
        {
            if (path.EndsWith("mailbox-type", StringComparison.Ordinal))
                text.Append($"{path} = \"{Mailbox}\"\n");
            else if (path.EndsWith("dispatcher.type", StringComparison.Ordinal))
                text.Append($"{path} = \"{(value == "PinnedDispatcher" ? BusyDiskDispatcher : Dispatcher)}\"\n");
        }
        return ConfigurationFactory.ParseString(text.ToString()).WithFallback(shipped);
    }

    private static void Set(StringBuilder text, string section, string key, string type) => text.Append($"{section}.{key} = \"{type}\"\n");

    private static IEnumerable<(string Path, string Value)> Values(string prefix, Config section)
    {
        foreach (var (key, value) in section.AsEnumerable())
        {
            var path = prefix + (key.Contains('/') ? $"\"{key}\"" : key);
            if (!value.IsObject())
            {
                if (value.IsString())
                    yield return (path, value.GetString());
                continue;
            }
            foreach (var item in Values(path + ".", new Config(new Akka.Configuration.Hocon.HoconRoot(value))))
                yield return item;
        }
    }
}

/// <summary>Gives what an actor system logs to the world, at once and not as an actor.</summary>
internal sealed class SimulatedLogger : MinimalLogger
{
    private readonly ProcessEnvironment _environment = ProcessEnvironment.Required;

    protected override void Log(object message)
    {
        if (message is LogEvent logEvent && !_environment.IsAbandoned)
            _environment.Log?.Invoke(logEvent);
    }
}
