using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>Which dispatcher and mailbox an actor gets: by its path in the configuration first, then by its props.</summary>
internal sealed class Deployment
{
    private readonly ActorSystemImpl _system;
    private readonly PathPatterns _deployments;
    private readonly PathPatterns _mailboxes;

    public Deployment(ActorSystemImpl system)
    {
        _system = system;
        _deployments = new PathPatterns(system.Settings.Config, "akka.actor.deployment");
        _mailboxes = new PathPatterns(system.Settings.Config, "actors.mailboxes");
    }

    public (MessageDispatcher Dispatcher, MailboxBound? Bound, Props Props) Resolve(ActorPath path, Props props)
    {
        string dispatcher = props.Dispatcher, mailbox = props.Mailbox;
        if (_deployments.IsEmpty && _mailboxes.IsEmpty && dispatcher.Length == 0 && mailbox.Length == 0)
            return (_system.Dispatchers.DefaultGlobalDispatcher, null, props);
        IReadOnlyList<string> elements = path.Elements;
        if (elements[0] == "user" && _deployments.Find(elements.Skip(1).ToArray()) is { } deployment)
        {
            dispatcher = Configured(deployment, "dispatcher", dispatcher);
            mailbox = Configured(deployment, "mailbox", mailbox);
            int stash = deployment.GetInt("stash-capacity", -1);
            if (stash >= 0)
                props = props.WithStashCapacity(stash);
        }
        Config? bound = _mailboxes.Find(elements);
        if (bound is null && mailbox.Length > 0)
        {
            bound = _system.Settings.Config.HasPath(mailbox)
                ? _system.Settings.Config.GetConfig(mailbox)
                : throw new ConfigurationException($"Mailbox {mailbox} of {path} is not configured.");
        }
        return (_system.Dispatchers.Lookup(dispatcher), bound is null ? null : BoundOf(bound), props);
    }

    private static string Configured(Config deployment, string key, string otherwise) =>
        deployment.GetString(key, "") is { Length: > 0 } value ? value : otherwise;

    private static MailboxBound? BoundOf(Config config)
    {
        int capacity = config.GetInt("capacity", config.GetInt("mailbox-capacity", 0));
        if (capacity <= 0)
            return null;
        return new MailboxBound(capacity, config.GetString("overflow", "drop-newest") switch
        {
            "drop-newest" => MailboxOverflow.DropNewest,
            "fail" => MailboxOverflow.Fail,
            var other => throw new ConfigurationException($"The mailbox overflow policy {other} is unknown; known are drop-newest and fail."),
        });
    }
}
