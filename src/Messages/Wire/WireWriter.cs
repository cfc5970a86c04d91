using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Google.Protobuf;

namespace Actors.Messages.Wire;

/// <summary>From the domain to messages. Bytes are shared, not copied: they must not be changed afterwards.</summary>
public static class WireWriter
{
    public static ByteString ToBytes(this ContentHash hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());

    public static ByteString ToBytes(this NodeId id) => UnsafeByteOperations.UnsafeWrap(id.ToArray());

    public static ByteString ToBytes(this EpochId id) => UnsafeByteOperations.UnsafeWrap(id.ToArray());

    public static ByteString ToBytes(this RelativePath path) => UnsafeByteOperations.UnsafeWrap(path.Memory);

    public static Position ToMessage(this SharePosition position) => new()
    {
        Epoch = position.Epoch.ToBytes(),
        Cursor = position.Cursor,
        ChainHash = position.ChainHash.ToBytes(),
    };

    public static RegularFile ToMessage(this ContentRef content, bool snapshotOfOpenFile, ReadOnlyMemory<byte>? inline)
    {
        var file = new RegularFile
        {
            Hash = content.Hash.ToBytes(),
            Size = (ulong)content.Size,
            Root = content.Root.ToBytes(),
            SnapshotOfOpenFile = snapshotOfOpenFile,
        };
        if (inline is { } bytes)
            file.Content = UnsafeByteOperations.UnsafeWrap(bytes);
        return file;
    }

    public static Change ToMessage(this PathChange change)
    {
        var message = new Change { Path = change.Path.ToBytes(), Base = change.Base };
        switch (change.To.Kind)
        {
            case EntryKind.File:
                message.File = change.To.Content.ToMessage(change.SnapshotOfOpenFile, change.Inline);
                break;
            case EntryKind.Folder:
                message.Folder = new Folder();
                break;
            default:
                message.Deletion = new Deletion();
                break;
        }
        return message;
    }

    public static Entry ToMessage(this TreeEntry entry, ReadOnlyMemory<byte>? inline = null)
    {
        var message = new Entry
        {
            Path = entry.Path.ToBytes(),
            Version = entry.Version,
            Author = entry.Author,
            CommittedAtUs = entry.CommittedAtUs,
        };
        switch (entry.State.Kind)
        {
            case EntryKind.File:
                message.File = entry.State.Content.ToMessage(entry.SnapshotOfOpenFile, inline);
                break;
            case EntryKind.Folder:
                message.Folder = new Folder();
                break;
            default:
                message.Deletion = new Deletion();
                break;
        }
        return message;
    }

    public static Push ToMessage(this PushRequest push)
    {
        var message = new Push
        {
            Node = push.Id.Node.ToBytes(),
            Session = push.Session,
            Share = push.Share,
            Epoch = push.Epoch.ToBytes(),
            Counter = push.Id.Counter,
            Digest = push.Digest.ToBytes(),
            SettledThrough = push.SettledThrough,
            Follows = push.Follows,
        };
        foreach (var change in push.Changes)
            message.Changes.Add(change.ToMessage());
        return message;
    }

    public static Join ToMessage(this JoinRequest join)
    {
        var message = new Join
        {
            Protocol = Limits.ProtocolVersion,
            Node = new NodeIdentity { Id = join.Node.Id.ToBytes(), Incarnation = join.Node.Incarnation, Instance = join.Node.Instance },
            Attempt = join.Attempt,
            Share = join.Share,
            WishedName = join.WishedName,
            Position = join.Position?.ToMessage(),
            Newest = join.Newest?.ToMessage(),
            Cache = join.Cache,
            Watcher = join.Watcher,
            Transfer = join.Transfer,
            SettledThrough = join.SettledThrough,
        };
        foreach (var push in join.InDoubt)
            message.InDoubt.Add(new PushInDoubt { Counter = push.Counter, Digest = push.Digest.ToBytes() });
        return message;
    }

    public static Pull ToMessage(this PullRequest pull) => new()
    {
        Session = pull.Session,
        Request = pull.Request,
        Epoch = pull.Epoch.ToBytes(),
        AfterVersion = pull.AfterVersion,
        AfterPath = pull.AfterPath?.ToBytes() ?? ByteString.Empty,
        Cursor = pull.Cursor,
    };

    public static Updates ToMessage(this UpdatesPage page)
    {
        var message = new Updates
        {
            Session = page.Session,
            Request = page.Request,
            Complete = page.Complete,
            Position = page.Position.ToMessage(),
        };
        foreach (var received in page.Entries)
            message.Entries.Add(received.Entry.ToMessage(received.Inline));
        return message;
    }
}

/// <summary>Upper bounds of encoded sizes, cheap to add up while a message is filled.</summary>
public static class WireSize
{
    // Tags and lengths of the entry itself, of path, version, state, author, time and flag.
    private const int FixedBytes = 64;
    private const int FileBytes = 32 + 32 + 24;

    public static int Of(PathChange change) => Of(change.Path, change.To, change.Inline?.Length ?? 0);

    public static int Of(TreeEntry entry, int inlineBytes) => Of(entry.Path, entry.State, inlineBytes);

    private static int Of(RelativePath path, EntryState state, int inlineBytes) =>
        FixedBytes + path.Length + (state.IsFile ? FileBytes + inlineBytes : 0);
}
