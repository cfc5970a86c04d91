using Actors.Client.Planning;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// Content of the registry's that is to be put on the disk: what rode on the page that is being worked on, and for each path
/// what is being fetched, or was fetched and is staged.
/// </summary>
internal sealed class ArrivingContent(Agenda agenda, ReplicaOutput output)
{
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _inline = [];
    private readonly Dictionary<RelativePath, (WantedContent Wanted, string? StagedName)> _arrivals = [];
    private long _lastWanted;

    public bool IsFetchingAny => _arrivals.Values.Any(arrival => arrival.StagedName is null);

    public bool IsFetching(RelativePath path) => FetchOf(path) is not null;

    /// <summary>A file of the staging area is content that is still wanted.</summary>
    public bool IsStaged(string name) => _arrivals.Values.Any(arrival => arrival.StagedName == name);

    /// <summary>False where the content has to be fetched first; the path comes back to the agenda then.</summary>
    public bool TryTake(TreeEntry entry, out ContentSource source)
    {
        var content = entry.State.Content;
        if (content.Size == 0)
            source = new ContentSource(ReadOnlyMemory<byte>.Empty, null);
        else if (_inline.TryGetValue(content.Hash, out var inline))
            source = new ContentSource(inline, null);
        else
            return TryTakeStaged(entry, out source);
        Forget(entry.Path);
        return true;
    }

    /// <summary>It rode on a page.</summary>
    public void TakeInline(ContentHash hash, ReadOnlyMemory<byte> content) => _inline[hash] = content;

    /// <summary>Everything that the page names is planned for.</summary>
    public void ForgetInline() => _inline.Clear();

    /// <summary>Content is staged.</summary>
    public void TakeFetched(WantedContent fetched, string stagedName)
    {
        var path = fetched.Entry.Path;
        if (FetchOf(path) == fetched)
        {
            _arrivals[path] = (fetched, stagedName);
            agenda.Mark(path);
        }
        // The same content is wanted again: the file is open for writing just now, and must not get its visible name.
        else if (FetchOf(path)?.Entry.State != fetched.Entry.State)
        {
            output.Add(new ReplicaEffect.Discard(stagedName));
        }
    }

    /// <summary>A fetch is over without content. False: it was not wanted any more.</summary>
    public bool EndFetch(WantedContent content) => FetchOf(content.Entry.Path) == content && _arrivals.Remove(content.Entry.Path);

    /// <summary>The content of a path is not wanted any more.</summary>
    public void Forget(RelativePath path)
    {
        if (_arrivals.Remove(path, out var arrival))
            output.Add(arrival.StagedName is { } staged ? new ReplicaEffect.Discard(staged) : new ReplicaEffect.EndFetch(path));
    }

    /// <summary>Fetched for entries that are none any more: it would never be used.</summary>
    public void ForgetAll()
    {
        foreach (var path in _arrivals.Keys.ToList())
            Forget(path);
    }

    private bool TryTakeStaged(TreeEntry entry, out ContentSource source)
    {
        source = default;
        var path = entry.Path;
        if (FetchOf(path)?.Entry == entry)
            return false;
        if (_arrivals.TryGetValue(path, out var arrival) && arrival.StagedName is { } staged && arrival.Wanted.Entry.State == entry.State)
        {
            _arrivals.Remove(path);
            source = new ContentSource(null, staged);
            return true;
        }
        Forget(path);
        var wanted = new WantedContent(entry, ++_lastWanted);
        _arrivals[path] = (wanted, null);
        output.Add(new ReplicaEffect.Fetch(wanted));
        return false;
    }

    private WantedContent? FetchOf(RelativePath path) =>
        _arrivals.TryGetValue(path, out var arrival) && arrival.StagedName is null ? arrival.Wanted : null;
}

/// <summary>
/// Content that a replica wants of the server. The number tells one request from a later one for the same entry: the
/// later fetch may be under way, in the same file, when the end of the earlier one is reported.
/// </summary>
public sealed record WantedContent(TreeEntry Entry, long Number);

/// <summary>New content of a file: in memory, or staged under a name; neither where there is none to place.</summary>
public readonly record struct ContentSource(ReadOnlyMemory<byte>? Inline, string? StagedName);
