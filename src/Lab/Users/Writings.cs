using Actors.Messages.Content;

namespace Actors.Lab.Users;

/// <summary>
/// What users have made: each content that a file of theirs ever had, what it was made from, and which contents only a
/// node could have removed since.
/// </summary>
internal sealed class Writings
{
    private readonly HashSet<ContentRef> _states = [ContentRef.Empty];
    private readonly Dictionary<ContentRef, List<ContentRef>> _origins = [];
    private readonly Dictionary<ContentRef, Writing> _owed = [];
    private readonly Dictionary<(string Machine, string Path), ContentRef> _last = [];
    private readonly HashSet<ContentRef> _emptied = [];

    /// <summary>Contents that were finished and that no user has replaced or removed.</summary>
    public IReadOnlyCollection<Writing> Owed => _owed.Values;

    public long Finished { get; private set; }

    public Completions Completions { get; } = new();

    /// <summary>Whether a file of a user's ever had exactly these bytes.</summary>
    public bool IsKnown(ContentRef content) => _states.Contains(content);

    public void Know(ContentRef content) => _states.Add(content);

    /// <summary>It was the beginning of what a user has at a path, and goes with it.</summary>
    public void KnowBeginning(string machine, string path, ContentRef beginning)
    {
        _states.Add(beginning);
        if (LastAt(machine, path) is not { } last)
            return;
        Link(beginning, last);
        Link(last, beginning);
    }

    /// <summary>A user has emptied a file that held this, or something made from it.</summary>
    public bool WasEmptied(ContentRef content) => _emptied.Any(emptied => IsMadeFrom(emptied, content));

    /// <summary>Whether one content came, step by step, to stand where the other one was, by users' hands.</summary>
    public bool IsMadeFrom(ContentRef content, ContentRef origin)
    {
        var visited = new HashSet<ContentRef> { content };
        var pending = new Queue<ContentRef>(visited);
        while (pending.TryDequeue(out var next))
        {
            if (next == origin)
                return true;
            foreach (var earlier in _origins.GetValueOrDefault(next) ?? [])
            {
                if (visited.Add(earlier))
                    pending.Enqueue(earlier);
            }
        }
        return false;
    }

    /// <summary>What was at a path, or is, the last time that a user touched it.</summary>
    public ContentRef? LastAt(string machine, string path) => _last.TryGetValue((machine, path), out var last) ? last : null;

    /// <summary>By a user's hand a path has another content, or none.</summary>
    public void Put(string machine, string path, ContentRef? before, ContentRef? after)
    {
        var origin = before is { Size: > 0 } ? before : LastAt(machine, path);
        if (before is { } gone && after != before)
            Supersede(gone);
        if (after is { Size: > 0 } made)
            Derive(machine, path, origin, made);
        else if (origin is { } left)
            Leave(machine, path, left, isEmptied: after is not null);
    }

    /// <summary>A file was moved away by its name; what it holds is elsewhere now.</summary>
    public void Moved(string machine, string path, ContentRef content)
    {
        if (content.Size > 0)
            _last[(machine, path)] = content;
    }

    /// <summary>Bytes were added to an open file, which may have other names by now, or none.</summary>
    public void Grew(string machine, OpenFile file, ContentRef before, ContentRef after, IReadOnlyList<string> paths)
    {
        Supersede(before);
        _states.Add(after);
        // Other processes may have written to it meanwhile.
        if (before.Size > 0 && before != after)
            Link(after, before);
        if (file.Origin is { } origin && origin != after)
            Link(after, origin);
        foreach (var path in paths)
        {
            // What another writer has closed meanwhile is overwritten.
            Completions.Begin(machine, path);
            if (LastAt(machine, path) is { } last && last != after)
                Link(after, last);
            if (after.Size > 0)
                _last[(machine, path)] = after;
        }
        file.Origin = after.Size > 0 ? after : file.Origin;
    }

    /// <summary>A user has closed a file: from now on its content is owed to the world.</summary>
    public void Finish(Writing writing)
    {
        Finished++;
        if (writing.Content.Size > 0)
            _owed[writing.Content] = writing;
    }

    public void Supersede(ContentRef content) => _owed.Remove(content);

    /// <summary>What a fault has taken from the users: it is owed no longer.</summary>
    public void Excuse(Func<Writing, bool> which)
    {
        foreach (var writing in _owed.Values.Where(which).ToList())
            _owed.Remove(writing.Content);
    }

    private void Derive(string machine, string path, ContentRef? origin, ContentRef made)
    {
        _states.Add(made);
        if (origin is { } from && from != made)
            Link(made, from);
        _last[(machine, path)] = made;
    }

    private void Leave(string machine, string path, ContentRef left, bool isEmptied)
    {
        _last[(machine, path)] = left;
        if (isEmptied)
            _emptied.Add(left);
    }

    private void Link(ContentRef made, ContentRef from)
    {
        if (!_origins.TryGetValue(made, out var origins))
            _origins.Add(made, origins = []);
        if (!origins.Contains(from))
            origins.Add(from);
    }
}

/// <summary>A content that a user has finished, on one machine, under one name.</summary>
internal sealed record Writing(ContentRef Content, string Machine, string Path, TimeSpan At, int Edit);
