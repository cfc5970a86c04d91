using Actors.Lab.World.Network;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>A push does not say which one it follows: it is committed although that one was lost or refused.</summary>
internal sealed class PredecessorsForgotten : Plant
{
    public override void Network(SimulatedNetwork network) => network.FrameFilter = Filter;

    private static ByteString? Filter(string from, string to, ByteString frame)
    {
        if (FrameMessage.Read(frame) is not Push { Follows: > 0 } push)
            return frame;
        push.Follows = 0;
        return FrameMessage.With(frame, push);
    }
}
