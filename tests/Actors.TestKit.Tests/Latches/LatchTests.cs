namespace Actors.Testing.Tests.Latches;

public sealed class LatchTests : TestKit
{
    [Fact]
    public void A_latch_opens_after_so_many_calls()
    {
        TestLatch latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Throws<TimeoutException>(() => latch.Ready(TimeSpan.FromMilliseconds(20)));
        IActorRef counter = Sys.ActorOf(Props.Create(() => new Counter(latch)));
        counter.Tell("count");
        latch.Ready();
        latch.CountDown();
        latch.Reset();
        Assert.False(latch.IsOpen);
        latch.Open();
        latch.Ready(TimeSpan.Zero);
    }

    [Fact]
    public void A_barrier_holds_until_all_are_there()
    {
        TestBarrier barrier = CreateTestBarrier(2);
        Assert.Throws<TimeoutException>(() => barrier.Await(TimeSpan.FromMilliseconds(20)));
        barrier.Reset();
        IActorRef comer = Sys.ActorOf(Props.Create(() => new Comer(barrier)));
        for (int round = 0; round < 10; round++)
        {
            comer.Tell("come");
            barrier.Await();
        }
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter(TestLatch latch) => ReceiveAny(_ => latch.CountDown());
    }

    private sealed class Comer : ReceiveActor
    {
        public Comer(TestBarrier barrier) => ReceiveAny(_ => barrier.Await());
    }
}
