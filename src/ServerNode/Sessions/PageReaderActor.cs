using Actors.Messages;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.Server.Storage;

namespace Actors.Server.Sessions;

/// <summary>Reads pages on a thread and a connection of its own. A failure restarts it with a new connection, and the caller asks again.</summary>
internal sealed class PageReaderActor : ReceiveActor
{
    private readonly IShareStore _store;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IShareReader? _reader;

    public PageReaderActor(IShareStore store)
    {
        _store = store;
        Receive<ReadPage>(Read);
    }

    protected override void PreStart() => _reader = _store.OpenReader();

    protected override void PostStop() => _reader?.Dispose();

    private void Read(ReadPage asked)
    {
        using var snapshot = _reader!.Snapshot();
        var page = PageBuilder.Build(snapshot, asked.Share, asked.Pull, asked.Client);
        if (IsInPlace())
            Sender.Tell(new PageRead(page));
    }

    /// <summary>What was written to a store that lies nowhere may be lost: a client that had it would have what the share never had.</summary>
    private bool IsInPlace()
    {
        try
        {
            _store.CheckPlace();
            return true;
        }
        catch (StoreUnavailableException fault)
        {
            _log.Info("A page is not told: {0}", fault.Message);
            return false;
        }
    }
}

/// <summary>To the page reader; answered by <see cref="PageRead"/>.</summary>
internal sealed record ReadPage(int Share, PullRequest Pull, uint Client);

internal sealed record PageRead(Updates Page);

/// <summary>Reads what comes after a client's place, as much as one frame holds.</summary>
internal static class PageBuilder
{
    // Session, request, position and the list's own overhead.
    private const int EnvelopeBytes = 256;

    /// <param name="snapshot">The state of the store that the page tells of.</param>
    /// <param name="share">The share's row number.</param>
    /// <param name="pull">From where.</param>
    /// <param name="client">The number of the asking client: its own commits come back without content.</param>
    public static Updates Build(IShareSnapshot snapshot, int share, PullRequest pull, uint client)
    {
        var page = new Updates
        {
            Session = pull.Session,
            Request = pull.Request,
            Complete = true,
            Position = snapshot.Head(share).Position.ToMessage(),
        };
        var room = Limits.MessageBytesMax - EnvelopeBytes;
        var inlineRoom = Limits.InlineBytesMax;
        foreach (var entry in After(snapshot, share, pull))
        {
            var bare = WireSize.Of(entry, 0);
            if (page.Entries.Count == Limits.EntriesPerPageMax || bare > room)
            {
                page.Complete = false;
                break;
            }
            var size = InlineSize(entry, client);
            if (size > 0 && (size > inlineRoom || bare + size > room))
            {
                // The next page has room for it; alone on a page it always fits.
                page.Complete = false;
                break;
            }
            // Not byte[]?: a null array would turn into memory that is there and empty.
            ReadOnlyMemory<byte>? inline = size >= 0 && snapshot.ReadPart(entry.State.Content.Hash) is { } bytes ? bytes : default(ReadOnlyMemory<byte>?);
            room -= bare + (inline?.Length ?? 0);
            inlineRoom -= inline?.Length ?? 0;
            page.Entries.Add(entry.ToMessage(inline));
        }
        return page;
    }

    /// <summary>No path: all of the version is there, and only newer ones are wanted.</summary>
    private static IEnumerable<TreeEntry> After(IShareSnapshot snapshot, int share, PullRequest pull) =>
        pull.AfterPath is { } path
            ? snapshot.EntriesAfter(share, pull.AfterVersion, path)
            : snapshot.EntriesAfter(share, pull.AfterVersion + 1, RelativePath.Root);

    /// <summary>Bytes to send along; -1 where none do.</summary>
    private static int InlineSize(TreeEntry entry, uint client) =>
        entry.State.IsFile && entry.Author != client && entry.State.Content.Size <= Limits.InlineFileBytesMax
            ? (int)entry.State.Content.Size
            : -1;
}
