using Actors.Client.Disk;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Messages.Wire;

namespace Actors.Client.Watcher;

/// <summary>
/// Makes a stored push ready to travel: everything it names is made durable here first (or a power loss would take the
/// bytes back, and the old ones would travel as a new edit), and small content is taken along, if it still is what was seen.
/// </summary>
public sealed class PushLoader(IFileSystem files, FileSystemTraits traits)
{
    public LoadedPush Load(PushDispatch dispatch)
    {
        var oneByOne = !ReplicaDisk.ShouldFlushAll(traits, dispatch.Push.Changes.Count);
        var copies = dispatch.Push.Copies.ToHashSet();
        var directories = new HashSet<RelativePath>();
        var changes = new List<PathChange>(dispatch.Push.Changes.Count);
        var undurable = new List<(RelativePath Path, string Reason)>();
        foreach (var change in dispatch.Push.Changes)
        {
            directories.Add(change.Path.Parent);
            changes.Add(change.To.IsFile && !copies.Contains(change.Path) ? Load(change, ref oneByOne, undurable) : change);
        }
        if (undurable.Count > 0 && !dispatch.IsRepeat)
            return new LoadedPush(Message(dispatch, changes), undurable);
        if (!oneByOne)
        {
            files.FlushAll();
        }
        else
        {
            ReplicaDisk.FlushDirectories(files, directories);
        }
        return new LoadedPush(Message(dispatch, changes), []);
    }

    private static Push Message(PushDispatch dispatch, IReadOnlyList<PathChange> changes)
    {
        var request = new PushRequest(
            new(dispatch.Node, dispatch.Push.Counter), dispatch.Share, dispatch.Epoch, dispatch.Key.Session, dispatch.Push.Digest, changes)
        {
            SettledThrough = dispatch.SettledThrough,
            Follows = dispatch.Follows,
        };
        return dispatch.Key.Seal(request.ToMessage());
    }

    /// <param name="change">One of the push.</param>
    /// <param name="flush">Whether its file is flushed; false from then on where one cannot be flushed alone, and everything is.</param>
    /// <param name="undurable">
    /// Gets the file, with the reason, where the disk failed: no other call makes durable for certain what is lost already. Of what
    /// was sent before it was so, once.
    /// </param>
    private PathChange Load(PathChange change, ref bool flush, List<(RelativePath Path, string Reason)> undurable)
    {
        try
        {
            using var file = files.OpenRead(change.Path);
            if (file is null)
                return change;
            if (flush)
                flush = TryFlush(change.Path, file, undurable);
            var content = change.To.Content;
            if (content.Size > Limits.InlineFileBytesMax)
                return change;
            var bytes = new byte[content.Size];
            return file.Read(0, bytes) == bytes.Length && Messages.Content.ContentHash.Of(bytes) == content.Hash
                ? change with { Inline = bytes }
                : change;
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            // Without its content the server asks for it, and finds out that it is gone.
            return change;
        }
    }

    private static bool TryFlush(RelativePath path, IFileHandle file, List<(RelativePath Path, string Reason)> undurable)
    {
        try
        {
            file.Flush();
            return true;
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            if (e.Fault.IsOfTheDisk())
                undurable.Add((path, e.Reason));
            return e.Fault.IsOfTheDisk();
        }
    }
}

/// <summary>A push that is ready to travel. If some of what it names could not be made durable, it must not.</summary>
public sealed record LoadedPush(Push Message, IReadOnlyList<(RelativePath Path, string Reason)> Undurable);

/// <summary>A push, and what it is sent with. <paramref name="Follows"/>: only if that one is accepted; 0: in any case.</summary>
public sealed record PushDispatch(StoredPush Push, ulong Follows, NodeId Node, string Share, EpochId Epoch, SessionKey Key, ulong SettledThrough)
{
    /// <summary>It may have been sent before.</summary>
    public bool IsRepeat { get; init; }
}
