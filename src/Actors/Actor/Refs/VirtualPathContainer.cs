using System.Collections.Concurrent;

namespace Actors.Runtime;

/// <summary>A place with refs below it that are no actors: <c>/temp</c>, where the refs that wait for answers are.</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => parent;

    public int Count => _children.Count;

    public void Add(string name, IInternalActorRef child) => _children[name] = child;

    public void Remove(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0 || name[0].Length == 0)
            return this;
        if (name[0] == "..")
            return parent.GetChild(name.Skip(1).ToArray());
        int hash = name[0].IndexOf('#');
        if (!_children.TryGetValue(hash < 0 ? name[0] : name[0][..hash], out IInternalActorRef? child))
            return ActorRefs.Nobody;
        return name.Count == 1 ? child : child.GetChild(name.Skip(1).ToArray());
    }
}
