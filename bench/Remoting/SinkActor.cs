using Actors.Messages;

namespace Actors.Bench.Remoting;

/// <summary>Takes messages and acknowledges every so many of them, as the sender asks with <see cref="Invalidated.Head"/>.</summary>
internal sealed class SinkActor : ReceiveActor
{
    public const string Name = "sink";
    public const string BulkName = "bulk-sink";
    private ulong _acknowledgeEvery = 1;
    private ulong _received;

    public SinkActor()
    {
        Receive<Invalidated>(start =>
        {
            _acknowledgeEvery = start.Head;
            _received = 0;
            Sender.Tell(new HeadReply());
        });
        Receive<Chunk>(_ =>
        {
            if (++_received % _acknowledgeEvery == 0)
                Sender.Tell(new HeadReply { Head = _received });
        });
    }
}
