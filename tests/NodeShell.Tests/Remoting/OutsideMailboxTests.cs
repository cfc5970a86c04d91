using Actors.Messages;
using Actors.NodeShell;
using Xunit;

namespace Actors.Tests.Remoting;

public sealed class OutsideMailboxTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("mailbox");

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Messages_from_outside_are_bounded_and_those_of_the_node_itself_are_not()
    {
        var refusals = Refusals.Of(_system);
        var queue = new OutsideMessageQueue(2, refusals);
        var receiver = _system.ActorOf(Props.Empty, "receiver");
        for (var i = 0; i < 5; i++)
            queue.Enqueue(receiver, new Envelope(new HeadQuery { Request = (ulong)i }, ActorRefs.NoSender));
        for (var i = 0; i < 5; i++)
            queue.Enqueue(receiver, new Envelope("own", ActorRefs.NoSender));
        Assert.Equal((7, 3L), (queue.Count, refusals.Count));

        Assert.True(queue.TryDequeue(out var first));
        Assert.Equal(0UL, ((HeadQuery)first.Message).Request);
        queue.Enqueue(receiver, new Envelope(new HeadQuery(), ActorRefs.NoSender));
        Assert.Equal((7, 3L), (queue.Count, refusals.Count));
    }
}
