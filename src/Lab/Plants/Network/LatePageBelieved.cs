using Actors.Lab.World.Network;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>The answer to an earlier pull comes late, and is taken for the answer to the newest one.</summary>
internal sealed class LatePageBelieved : Plant
{
    private const int OneIn = 5;

    private readonly Dictionary<string, Updates> _earlier = [];
    private int _pages;

    public override void Network(SimulatedNetwork network) => network.FrameFilter = Filter;

    private ByteString? Filter(string from, string to, ByteString frame)
    {
        if (FrameMessage.Read(frame) is not Updates { Entries.Count: > 0 } page)
            return frame;
        if (!_earlier.Remove(to, out var late) || late.Session != page.Session || ++_pages % OneIn != 0)
        {
            _earlier[to] = page;
            return frame;
        }
        late.Request = page.Request;
        late.Position = page.Position;
        late.Complete = page.Complete;
        return FrameMessage.With(frame, late);
    }
}
