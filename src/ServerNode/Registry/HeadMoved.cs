using Actors.Messages;
using Actors.Messages.Tree;

namespace Actors.Server.Registry;

/// <summary>A share has new commits. <paramref name="Changed"/> is null where what they changed is not known.</summary>
internal sealed record HeadMoved(int Share, ulong Head, ChangedPaths? Changed)
{
    /// <summary>Whether a client has to hear of it: not where all of it is the client's own.</summary>
    public bool Concerns(uint client) => Changed is null || Changed.Authors.Count != 1 || !Changed.Authors.Contains(client);
}

/// <summary>What the commits of one batch changed in a share, and who did it. Beyond what a notice may name, paths are dropped.</summary>
internal sealed class ChangedPaths(ulong firstVersion)
{
    private readonly HashSet<uint> _authors = [];
    private List<ChangedPath>? _paths = [];

    public ulong FirstVersion => firstVersion;

    public IReadOnlySet<uint> Authors => _authors;

    /// <summary>In the order of their versions; null where there are too many.</summary>
    public IReadOnlyList<ChangedPath>? Paths => _paths;

    public void Add(RelativePath path, ulong version, uint author)
    {
        _authors.Add(author);
        if (_paths is { Count: Limits.InvalidatePathsMax })
            _paths = null;
        _paths?.Add(new ChangedPath(path, version, author));
    }

    internal readonly record struct ChangedPath(RelativePath Path, ulong Version, uint Author);
}
