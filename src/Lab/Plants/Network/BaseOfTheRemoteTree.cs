using Actors.Lab.World.Network;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Wire;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>A push is based on the version that the client has heard of, not on the one that the edit was made on.</summary>
internal sealed class BaseOfTheRemoteTree : Plant
{
    private readonly Dictionary<(string Client, ByteString Path), ulong> _heard = [];

    public override void Network(SimulatedNetwork network) => network.FrameFilter = Filter;

    private ByteString Filter(string from, string to, ByteString frame)
    {
        var message = FrameMessage.Read(frame);
        if (message is Invalidate notice)
        {
            foreach (var path in notice.Paths)
                _heard[(to, path.Path)] = path.Version;
        }
        if (message is not Push push)
            return frame;
        var changed = false;
        foreach (var change in push.Changes)
        {
            if (!_heard.TryGetValue((from, change.Path), out var version) || version <= change.Base)
                continue;
            change.Base = version;
            changed = true;
        }
        if (!changed)
            return frame;
        var changes = new List<PathChange>();
        foreach (var change in push.Changes)
        {
            if (EntryReader.TryRead(change, out var read, out _))
                changes.Add(read);
        }
        push.Digest = ByteString.CopyFrom(ChangeSetDigest.Of(changes).ToArray());
        return FrameMessage.With(frame, push);
    }
}
