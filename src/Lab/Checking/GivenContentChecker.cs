using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World.Disks;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Checking;

/// <summary>
/// Content that the server asks for is durable at its author's before it is given. Small content travels with its push: it is
/// asked for only if its file had no name when the push was made ready, and then nothing has made it durable yet.
/// </summary>
internal sealed class GivenContentChecker(Func<ClientSite, long> stepsOfUser, RecordedStorage storage, Findings findings, Coverage coverage)
{
    private const string Server = "server";

    private readonly Dictionary<ContentHash, string> _undurable = [];
    private readonly HashSet<(ClientSite Site, ContentHash Hash)> _asked = [];
    private (ClientSite Site, List<(RelativePath Path, ContentRef Content)> Files, long Steps)? _now;

    /// <summary>A message is about to be handled on a machine; the one before it has been.</summary>
    /// <param name="site">The client at that machine; null: it is none.</param>
    /// <param name="machine">Where.</param>
    /// <param name="message">What.</param>
    public void See(ClientSite? site, string? machine, object message)
    {
        if (_now is { } given)
            Look(given.Site, given.Files, given.Steps);
        _now = null;
        if (message is PullChunks pull && site is not null)
            _now = (site, [.. Asked(site, pull).Where(file => Find(site, file.Path, file.Content) is not null)], stepsOfUser(site));
        else if (message is Chunk chunk && machine == Server && ContentHash.TryRead(chunk.Hash.Span, out var hash) && _undurable.TryGetValue(hash, out var what))
            findings.Add(DurabilityChecker.Name, what);
    }

    // Only the first time: what is written again with the same bytes, once they were given, is another matter.
    private IEnumerable<(RelativePath Path, ContentRef Content)> Asked(ClientSite site, PullChunks pull)
    {
        var changes = storage.RecordOf(site).PushesOpen.SelectMany(push => push.Changes.Where(change => !push.Copies.Contains(change.Path)));
        var files = changes.Where(change => change.To is { IsFile: true, Content: { IsSingleChunk: true, Size: > 0 } }).ToLookup(change => change.To.Content.Hash);
        foreach (var wanted in pull.Wanted)
        {
            if (!ContentHash.TryRead(wanted.Hash.Span, out var hash) || !files.Contains(hash) || !_asked.Add((site, hash)))
                continue;
            coverage.Reached(Races.AskedForNameless);
            foreach (var change in files[hash])
                yield return (change.Path, change.To.Content);
        }
    }

    /// <summary>Where the user has done something since it was asked for, it says nothing.</summary>
    private void Look(ClientSite site, List<(RelativePath Path, ContentRef Content)> files, long steps)
    {
        if (stepsOfUser(site) != steps)
            return;
        foreach (var (path, content) in files)
        {
            // Others may give the same bytes, and have them on disk.
            if (Find(site, path, content) is { Bytes.IsDurable: false })
                _undurable[content.Hash] = $"{site.Name} gives the content of {path} to the server, and its bytes are not synced";
            else
                _undurable.Remove(content.Hash);
        }
    }

    private static Inode? Find(ClientSite site, RelativePath path, ContentRef content) =>
        DiskEye.Find(site.Machine, $"{ClientSite.Root}/{path}") is { IsFile: true } file && VisibleTree.ContentOf(file) == content ? file : null;
}
