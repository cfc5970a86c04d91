using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>The ref of an actor in this system.</summary>
internal class LocalActorRef : InternalActorRefBase
{
    private readonly ActorCell _cell;

    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxBound? bound, IInternalActorRef supervisor, ActorPath path)
    {
        Path = path;
        Parent = supervisor;
        Provider = system.Provider;
        _cell = new ActorCell(system, this, props, dispatcher, bound, supervisor);
    }

    /// <summary>The actor behind the ref.</summary>
    public ActorCell Cell => _cell;

    public sealed override ActorPath Path { get; }

    public override IInternalActorRef Parent { get; }

    public override IActorRefProvider Provider { get; }

    public override bool IsLocal => true;

    public override bool IsTerminated => _cell.IsTerminated;

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (int i = 0; i < name.Count; i++)
        {
            if (current is not LocalActorRef local)
                return current.GetChild(name.Skip(i).ToArray());
            current = name[i] switch
            {
                "" => local,
                ".." => local.Parent,
                _ => local.GetSingleChild(name[i]),
            };
        }
        return current;
    }

    /// <summary>The child of a name, with or without <c>#uid</c>; Nobody if there is none.</summary>
    public virtual IInternalActorRef GetSingleChild(string name)
    {
        int hash = name.IndexOf('#');
        IInternalActorRef? child = _cell.FindChild(hash < 0 ? name : name[..hash]);
        if (child is null)
            return ActorRefs.Nobody;
        bool isIncarnation = hash < 0 || (long.TryParse(name.AsSpan(hash + 1), out long uid) && uid == child.Path.Uid);
        return isIncarnation ? child : ActorRefs.Nobody;
    }

    public override void Start() => _cell.Start();

    public override void Stop() => _cell.SendSystemMessage(new Terminate());

    public override void Suspend() => _cell.SendSystemMessage(new Suspend());

    public override void Resume(Exception? causedByFailure = null) => _cell.SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => _cell.SendSystemMessage(new Recreate(cause));

    public override void SendSystemMessage(ISystemMessage message) => _cell.SendSystemMessage((SystemMessage)message);

    protected override void TellInternal(object message, IActorRef sender) => _cell.SendMessage(message, sender);
}
