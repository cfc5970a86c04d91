using System.IO.Enumeration;

namespace Actors.Runtime;

/// <summary>
/// A path from an anchor, with wildcards if wanted: whoever is there when a message comes gets it. Unlike a ref it says
/// nothing about an incarnation.
/// </summary>
public class ActorSelection : ICanTell
{
    /// <summary>Creates a selection that leads nowhere.</summary>
    public ActorSelection() : this(ActorRefs.Nobody, Array.Empty<SelectionPathElement>()) { }

    /// <summary>Creates a selection of steps.</summary>
    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    /// <summary>Creates a selection of a path text.</summary>
    public ActorSelection(IActorRef anchor, string path) : this(anchor, path == "" ? [] : path.Split('/')) { }

    /// <summary>Creates a selection of names.</summary>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements) : this(anchor, Parse(elements)) { }

    /// <summary>Where the path begins.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The steps.</summary>
    public SelectionPathElement[] Path { get; }

    /// <summary>The steps as a text.</summary>
    public string PathString => "/" + string.Join('/', (object[])Path);

    /// <summary>Sends a message to whoever is there; the sender is the actor that runs at the moment, unless given.</summary>
    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null.");
        DeliverSelection((IInternalActorRef)Anchor, sender ?? ActorCell.GetCurrentSelfOrNoSender(), new ActorSelectionMessage(message, Path));
    }

    /// <summary>The ref of the actor that is there; of several, the one that answers first.</summary>
    /// <exception cref="ActorNotFoundException">Nobody is there, or the answer did not come.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The ref of the actor that is there; of several, the one that answers first.</summary>
    /// <exception cref="ActorNotFoundException">Nobody is there, or the answer did not come.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct) =>
        OwnContext.Run(((IInternalActorRef)Anchor).Provider.Settings.System, () => Resolve(timeout, ct));

    private async Task<IActorRef> Resolve(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            ActorIdentity identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct);
            return identity.Subject ?? throw new ActorNotFoundException("subject was null");
        }
        catch (Exception cause)
        {
            throw new ActorNotFoundException("Exception occurred while resolving ActorSelection", cause);
        }
    }

    /// <summary>Walks as far as the path leads through local actors; what lies beyond is the business of remoting.</summary>
    internal static void DeliverSelection(IInternalActorRef anchor, IActorRef? sender, ActorSelectionMessage selection)
    {
        if (selection.Elements.Length == 0)
        {
            anchor.Tell(selection.Message, sender);
            return;
        }
        IInternalActorRef current = anchor;
        for (int i = 0; i < selection.Elements.Length; i++)
        {
            bool isLast = i == selection.Elements.Length - 1;
            if (current is not LocalActorRef local)
            {
                Beyond(current, sender, selection, i);
                return;
            }
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = local.Parent;
                    break;
                case SelectChildName name:
                    IInternalActorRef child = local.GetSingleChild(name.Name);
                    if (child is Nobody)
                    {
                        NotFound(local, sender, selection, i);
                        return;
                    }
                    current = child;
                    break;
                case SelectChildPattern pattern:
                    FanOut(local, pattern, sender, selection, i);
                    return;
                case SelectChildRecursive:
                    foreach (IInternalActorRef descendant in Descendants(local))
                        descendant.Tell(selection.Message, sender);
                    return;
            }
            if (isLast)
                current.Tell(selection.Message, sender);
        }
    }

    private static void FanOut(LocalActorRef parent, SelectChildPattern pattern, IActorRef? sender, ActorSelectionMessage selection, int index)
    {
        IInternalActorRef[] children = Matching(parent, pattern);
        SelectionPathElement[] rest = selection.Elements[(index + 1)..];
        bool isFannedOut = selection.WildCardFanOut || children.Length > 1;
        foreach (IInternalActorRef child in children)
        {
            if (rest.Length == 0)
                child.Tell(selection.Message, sender);
            else
                DeliverSelection(child, sender, new ActorSelectionMessage(selection.Message, rest, isFannedOut));
        }
        if (children.Length == 0)
            NotFound(parent, sender, selection, index);
    }

    /// <summary>The path goes on below something that is no local actor: a remote system, or a place such as /temp.</summary>
    private static void Beyond(IInternalActorRef current, IActorRef? sender, ActorSelectionMessage selection, int index)
    {
        SelectionPathElement[] rest = selection.Elements[index..];
        if (current is VirtualPathContainer && Array.TrueForAll(rest, element => element is SelectChildName))
        {
            IActorRef found = current.GetChild(rest.Select(element => element.ToString()!).ToArray());
            if (!found.IsNobody())
            {
                found.Tell(selection.Message, sender);
                return;
            }
        }
        current.Tell(selection.Copy(elements: rest), sender);
    }

    /// <summary>Nobody is there. Of several ways that a wildcard opened, those that lead nowhere say nothing.</summary>
    private static void NotFound(LocalActorRef last, IActorRef? sender, ActorSelectionMessage selection, int index)
    {
        if (selection.WildCardFanOut)
            return;
        if (selection.Message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        else
            new EmptyLocalActorRef(last.Provider, Below(last.Path, selection.Elements[index..]), last.Cell.System.EventStream).Tell(selection.Message, sender);
    }

    private static ActorPath Below(ActorPath path, SelectionPathElement[] elements) =>
        elements.Aggregate(path, (parent, element) => new ChildActorPath(parent, element.ToString()!, 0));

    private static IInternalActorRef[] Matching(LocalActorRef parent, SelectChildPattern pattern) =>
        parent.Cell.Children().Where(child => FileSystemName.MatchesSimpleExpression(pattern.PatternStr, child.Path.Name, ignoreCase: false)).ToArray();

    private static IEnumerable<IInternalActorRef> Descendants(LocalActorRef parent)
    {
        foreach (IInternalActorRef child in parent.Cell.Children())
        {
            yield return child;
            if (child is not LocalActorRef local)
                continue;
            foreach (IInternalActorRef descendant in Descendants(local))
                yield return descendant;
        }
    }

    private static SelectionPathElement[] Parse(IEnumerable<string> elements)
    {
        string[] names = elements.Where(element => element.Length > 0).ToArray();
        return names.Select((name, index) => Parse(name, isLast: index == names.Length - 1)).ToArray();
    }

    private static SelectionPathElement Parse(string name, bool isLast) => name switch
    {
        ".." => SelectParent.Instance,
        "**" when isLast => SelectChildRecursive.Instance,
        "**" => throw new IllegalActorNameException("Double wildcard can only appear at the last path entry"),
        _ when name.AsSpan().IndexOfAny('*', '?') >= 0 => new SelectChildPattern(name),
        _ => new SelectChildName(name),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActorSelection other && Anchor.Equals(other.Anchor) && Path.AsSpan().SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path.ToStringWithUid()}), Path({PathString})]";
}
