using Actors.Messages;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Google.Protobuf;

namespace Actors.Server.Sessions;

/// <summary>
/// When a client is told that its share has moved: at once, unless it has not answered the last notice yet (then the next
/// ones gather), and every second until its cursor has reached the head. So at most one notice is on its way for each
/// event at a client, however slow it is.
/// </summary>
internal sealed class NoticeFlow(ulong session, uint client, ByteString epoch, ulong head, ulong cursor)
{
    // Long paths must not make a notice outgrow a frame.
    private const int PathBytesMax = 64 << 10;

    private readonly List<PathVersion> _gathered = [];
    private int _pathBytes;
    private bool _tooMany;
    private bool _isDue;
    private ulong _awaited;

    public ulong Head { get; private set; } = head;

    /// <summary>How far the client's saved cursor is, as far as it has said.</summary>
    public ulong Cursor { get; private set; } = cursor;

    /// <summary>The notice to send now; null for none.</summary>
    public Invalidate? OnHeadMoved(HeadMoved news)
    {
        if (news.Head <= Head)
            return null;
        Head = news.Head;
        if (!news.Concerns(client))
            return null;
        Gather(news);
        _isDue = true;
        return _awaited == 0 ? Notice() : null;
    }

    /// <summary>The client has heard: the notice that gathered meanwhile, or null.</summary>
    public Invalidate? OnInvalidated(ulong heard)
    {
        if (heard >= _awaited)
            _awaited = 0;
        return _awaited == 0 && _isDue ? Notice() : null;
    }

    /// <summary>A client that pulls has heard, and the answer will hold all there is when it is read.</summary>
    public void OnPull(ulong savedCursor)
    {
        Cursor = Math.Max(Cursor, savedCursor);
        _awaited = 0;
        Forget();
    }

    /// <summary>Called every second: the repetition, or null where the client is up to date.</summary>
    public Invalidate? OnSecond()
    {
        if (Cursor >= Head)
            return null;
        Forget();
        return Notice();
    }

    private Invalidate Notice()
    {
        var notice = new Invalidate { Session = session, Epoch = epoch, Head = Head };
        if (!_tooMany)
            notice.Paths.AddRange(_gathered);
        Forget();
        _awaited = Head;
        return notice;
    }

    private void Gather(HeadMoved news)
    {
        if (news.Changed?.Paths is null)
            _tooMany = true;
        foreach (var changed in news.Changed?.Paths ?? [])
        {
            if (changed.Author == client)
                continue;
            _pathBytes += changed.Path.Length;
            if (_gathered.Count == Limits.InvalidatePathsMax || _pathBytes > PathBytesMax)
                _tooMany = true;
            if (_tooMany)
                break;
            _gathered.Add(new PathVersion { Path = changed.Path.ToBytes(), Version = changed.Version });
        }
    }

    private void Forget()
    {
        _gathered.Clear();
        _pathBytes = 0;
        _tooMany = false;
        _isDue = false;
    }
}

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
