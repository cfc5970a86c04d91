using Actors.Lab.World.Network;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>A client that has joined a second time gets no notices any more, not even repeated ones.</summary>
internal sealed class NoticesDroppedAfterRejoin : Plant
{
    private readonly Dictionary<string, HashSet<ulong>> _sessions = [];

    public override void Network(SimulatedNetwork network) => network.FrameFilter = Filter;

    private ByteString? Filter(string from, string to, ByteString frame)
    {
        var message = FrameMessage.Read(frame);
        if (message is Welcome welcome)
        {
            if (!_sessions.TryGetValue(to, out var sessions))
                _sessions.Add(to, sessions = []);
            sessions.Add(welcome.Session);
        }
        return message is Invalidate && _sessions.TryGetValue(to, out var known) && known.Count > 1 ? null : frame;
    }
}
