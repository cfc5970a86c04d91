using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>Names the conflict copies of one plan: no name twice, and none that is taken.</summary>
/// <param name="nodeName">Who lost.</param>
/// <param name="utc">When.</param>
/// <param name="push">The next push of this node: what makes names unique.</param>
/// <param name="isTaken">Whether one of the replica's trees, or its disk, has something there.</param>
public sealed class ConflictNames(string nodeName, DateTimeOffset utc, PushId push, Func<RelativePath, bool> isTaken)
{
    private readonly HashSet<RelativePath> _given = [];

    public RelativePath For(RelativePath path)
    {
        var name = ConflictName.For(path, nodeName, utc);
        for (var attempt = 1; isTaken(name) || !_given.Add(name); attempt++)
            name = ConflictName.For(path, nodeName, utc, push, attempt);
        return name;
    }
}
