using Actors.Client.Cache;
using Actors.Common;
using Actors.Messages.Identity;

namespace Actors.Client.Connection;

/// <summary>Numbers the attempts to join, and pairs each in the history with what became of it; no answer in time is a failure.</summary>
internal sealed class JoinAttempts(INodeJournal journal, ConnectionSettings settings)
{
    private NodeEvent? _underWay;

    public ulong Newest { get; private set; }

    public ulong Begin(NodeId replica)
    {
        Newest++;
        End(NodeEventType.Fail);
        _underWay = new NodeEvent(NodeEventType.Invoke, EventNames.Join)
        {
            Op = EventOps.Join(replica, settings.Instance, Newest),
            Share = settings.Share,
        };
        journal.Record(_underWay);
        return Newest;
    }

    public void End(NodeEventType outcome, Admission? admission = null)
    {
        if (_underWay is { } asked)
        {
            journal.Record(new NodeEvent(outcome, EventNames.Join)
            {
                Op = asked.Op,
                Share = asked.Share,
                Epoch = admission?.Session.Epoch.ToString(),
                Seq = admission?.Head,
            });
        }
        _underWay = null;
    }
}
