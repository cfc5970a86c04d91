using Actors.Lab.World.Network;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>Of a path that was refused the next pages do not tell the version that stood in the way.</summary>
internal sealed class RefusedVersionsNotTold : Plant
{
    private readonly HashSet<(string Client, ByteString Path)> _refused = [];

    public override void Network(SimulatedNetwork network) => network.FrameFilter = Filter;

    private ByteString? Filter(string from, string to, ByteString frame)
    {
        var message = FrameMessage.Read(frame);
        if (message is PushRejected refusal)
            _refused.UnionWith(refusal.Current.Select(entry => (to, entry.Path)));
        if (message is not Updates page)
            return frame;
        var told = page.Entries.Where(entry => !_refused.Contains((to, entry.Path))).ToList();
        if (told.Count == page.Entries.Count)
            return frame;
        page.Entries.Clear();
        page.Entries.AddRange(told);
        return FrameMessage.With(frame, page);
    }
}
