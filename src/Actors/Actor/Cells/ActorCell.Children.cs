namespace Actors.Runtime;

internal sealed partial class ActorCell
{
    private readonly Lock _childrenLock = new();
    private Dictionary<string, ChildStats>? _children;

    /// <summary>Children that were told to stop and have not stopped yet.</summary>
    private HashSet<IActorRef>? _stopping;
    private WaitReason _waitReason;
    private bool _refusesChildren;
    private Exception? _recreationCause;
    private long _namesGiven;

    /// <summary>Why the cell waits until its stopping children have stopped.</summary>
    private enum WaitReason
    {
        None,
        Recreation,
        Creation,
        Termination,
        Ended,
    }

    private bool IsWaitingForChildren => _waitReason is WaitReason.Recreation or WaitReason.Creation or WaitReason.Termination;

    private bool IsTerminating => _waitReason is WaitReason.Termination or WaitReason.Ended;

    /// <summary>Any thread: makes a child. Its name is taken until this actor has seen it stop.</summary>
    public IActorRef ActorOf(Props props, string? name = null)
    {
        if (name is not null)
            CheckName(name);
        return Attach(props, name);
    }

    /// <summary>Any thread: makes a child whose name may be one that only the runtime gives.</summary>
    internal IActorRef Attach(Props props, string? name)
    {
        ArgumentNullException.ThrowIfNull(props);
        LocalActorRef child;
        lock (_childrenLock)
        {
            if (_refusesChildren)
                throw new InvalidOperationException("Cannot create child while terminating or terminated");
            name ??= "$" + Base64(_namesGiven++);
            if (_children?.ContainsKey(name) == true)
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            var path = new ChildActorPath(Self.Path, name, System.Environment.NextUid());
            // Before the name is taken: a wrong configuration must not leave it behind.
            (MessageDispatcher dispatcher, MailboxBound? bound, Props deployed) = System.Deployment.Resolve(path, props);
            child = new LocalActorRef(System, deployed, dispatcher, bound, Self, path);
            (_children ??= new Dictionary<string, ChildStats>(StringComparer.Ordinal)).Add(name, new ChildStats(child));
        }
        // A child of a suspended parent starts suspended, so that the parent's resumption finds the counts balanced.
        for (int i = _mailbox.Suspensions - _pendingTasks; i > 0; i--)
            child.Suspend();
        child.Start();
        return child;
    }

    /// <summary>Any thread: the child of a name, or null.</summary>
    internal IInternalActorRef? FindChild(string name)
    {
        lock (_childrenLock)
            return _children is not null && _children.TryGetValue(name, out ChildStats? stats) ? stats.Child : null;
    }

    public IActorRef Child(string name) => FindChild(name) ?? (IActorRef)ActorRefs.Nobody;

    /// <summary>Any thread.</summary>
    public IEnumerable<IActorRef> GetChildren() => Children();

    public void Stop(IActorRef child)
    {
        var actor = (IInternalActorRef)child;
        lock (_childrenLock)
        {
            if (_children is not null && _children.TryGetValue(actor.Path.Name, out ChildStats? stats) && stats.Child.Equals(actor))
                (_stopping ??= []).Add(stats.Child);
        }
        actor.Stop();
    }

    internal IInternalActorRef[] Children()
    {
        lock (_childrenLock)
            return _children is null ? [] : _children.Values.Select(stats => stats.Child).ToArray();
    }

    private ChildStats[] ChildrenStats()
    {
        lock (_childrenLock)
            return _children is null ? [] : [.. _children.Values];
    }

    private ChildStats? StatsOf(IActorRef child)
    {
        lock (_childrenLock)
            return _children is not null && _children.TryGetValue(child.Path.Name, out ChildStats? stats) && stats.Child.Equals(child) ? stats : null;
    }

    /// <summary>Begins to wait for stopping children; false if there are none.</summary>
    private bool WaitForChildren(WaitReason reason, Exception? cause = null)
    {
        lock (_childrenLock)
        {
            if (_stopping is not { Count: > 0 })
                return false;
            _waitReason = reason;
            _recreationCause = cause;
            return true;
        }
    }

    /// <summary>From here on no thread can add a child that the end would miss.</summary>
    private void RefuseChildren()
    {
        lock (_childrenLock)
            _refusesChildren = true;
    }

    private void StopChildren()
    {
        foreach (IInternalActorRef child in Children())
            Stop(child);
    }

    /// <summary>Forgets a child that has stopped, and goes on if it was the last one waited for.</summary>
    private void HandleChildTerminated(IActorRef child)
    {
        WaitReason reason = WaitReason.None;
        Exception? cause = null;
        lock (_childrenLock)
        {
            _children!.Remove(child.Path.Name);
            if (_stopping?.Remove(child) == true && _stopping.Count == 0)
            {
                (reason, cause) = (_waitReason, _recreationCause);
                // Terminating stays: no child may be made from here on.
                if (reason != WaitReason.Termination)
                    _waitReason = WaitReason.None;
                _recreationCause = null;
            }
        }
        _actor?.SupervisorStrategyOf().HandleChildTerminated(this, child);
        switch (reason)
        {
            case WaitReason.Recreation:
                FinishRecreate(cause!, _actor);
                break;
            case WaitReason.Creation:
                FinishCreate();
                break;
            case WaitReason.Termination:
                FinishTerminate();
                break;
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
        }
    }

    internal static string Base64(long number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> text = stackalloc char[11];
        int length = 0;
        do
        {
            text[length++] = Digits[(int)(number & 63)];
            number = (long)((ulong)number >> 6);
        }
        while (number != 0);
        return new string(text[..length]);
    }
}
