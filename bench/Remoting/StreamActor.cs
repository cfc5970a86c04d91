using Actors.Messages;
using Google.Protobuf;

namespace Actors.Bench.Remoting;

/// <summary>Sends messages of one size to a sink with no more than a window of them unacknowledged.</summary>
internal sealed class StreamActor : ReceiveActor
{
    private readonly IActorRef _sink;
    private readonly ByteString _content;
    private readonly StreamPlan _plan;
    private long _sent;
    private long _acknowledged;

    public StreamActor(IActorRef sink, StreamPlan plan)
    {
        _sink = sink;
        _plan = plan;
        _content = UnsafeByteOperations.UnsafeWrap(new byte[plan.ContentBytes]);
        Receive<HeadReply>(reply =>
        {
            _acknowledged = (long)reply.Head;
            Fill();
        });
    }

    protected override void PreStart() => _sink.Tell(new Invalidated { Head = (ulong)_plan.AcknowledgeEvery });

    private void Fill()
    {
        if (_acknowledged >= _plan.Count || _plan.IsStopped())
        {
            _plan.Finished.TrySetResult();
            return;
        }
        for (; _sent < _plan.Count && _sent - _acknowledged < _plan.Window; _sent++)
            _sink.Tell(new Chunk { Session = 1, Content = _content });
    }
}
