using Actors.Client.Applying;
using Actors.Client.Files;
using Actors.Messages;
using Actors.Replication;
using Actors.Replication.Changes;
using Actors.Replication.Tree;
using Actors.Replication.Wire;

namespace Actors.Client.Watching;

/// <summary>
/// Makes a stored push ready to travel: everything it names is made durable here first (or a power loss would take the
/// bytes back, and the old ones would travel as a new edit), and small content is taken along, if it still is what was seen.
/// </summary>
public sealed class PushLoader(IFileSystem files, FileSystemTraits traits)
{
    public Push Load(PushDispatch dispatch)
    {
        var oneByOne = !ReplicaDisk.ShouldFlushAll(traits, dispatch.Push.Changes.Count);
        var copies = dispatch.Push.Copies.ToHashSet();
        var directories = new HashSet<RelativePath>();
        var changes = new List<PathChange>(dispatch.Push.Changes.Count);
        foreach (var change in dispatch.Push.Changes)
        {
            directories.Add(change.Path.Parent);
            changes.Add(change.To.IsFile && !copies.Contains(change.Path) ? Load(change, ref oneByOne) : change);
        }
        if (!oneByOne)
        {
            files.FlushAll();
        }
        else
        {
            ReplicaDisk.FlushDirectories(files, directories);
        }
        var request = new PushRequest(
            new(dispatch.Node, dispatch.Push.Counter), dispatch.Share, dispatch.Epoch, dispatch.Session.Session, dispatch.Push.Digest, changes)
        {
            SettledThrough = dispatch.SettledThrough,
            Follows = dispatch.Follows,
        };
        return dispatch.Session.Seal(request.ToMessage());
    }

    /// <param name="change">One of the push.</param>
    /// <param name="flush">Whether its file is flushed; false from then on where one cannot be flushed alone, and everything is.</param>
    private PathChange Load(PathChange change, ref bool flush)
    {
        try
        {
            using var file = files.OpenRead(change.Path);
            if (file is null)
                return change;
            if (flush)
                flush = ReplicaDisk.TryFlush(file.Flush);
            var content = change.To.Content;
            if (content.Size > Limits.InlineFileBytesMax)
                return change;
            var bytes = new byte[content.Size];
            return file.Read(0, bytes) == bytes.Length && Replication.Content.ContentHash.Of(bytes) == content.Hash
                ? change with { Inline = bytes }
                : change;
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            // Without its content the server asks for it, and finds out that it is gone.
            return change;
        }
    }
}
