namespace Actors.Tests.Actor;

public sealed class CancelableTests
{
    [Fact]
    public void A_linked_one_is_cancelled_with_each_of_the_others()
    {
        World.Each(world =>
        {
            IScheduler scheduler = world.System.Scheduler;
            var one = new Cancelable(scheduler);
            var other = new Cancelable(scheduler.Advanced);
            ICancelable linked = Cancelable.CreateLinkedCancelable(scheduler, one, other);
            ICancelable byActions = Cancelable.CreateLinkedCancelable(scheduler.Advanced, one, other);
            using var source = new CancellationTokenSource();
            ICancelable byToken = Cancelable.CreateLinkedCancelable(scheduler, source.Token);
            ICancelable byTokenToo = Cancelable.CreateLinkedCancelable(scheduler.Advanced, source.Token);
            Assert.False(linked.IsCancellationRequested || byActions.IsCancellationRequested || byToken.IsCancellationRequested || byTokenToo.IsCancellationRequested);
            other.Cancel();
            Assert.True(linked.IsCancellationRequested && byActions.IsCancellationRequested);
            Assert.False(one.IsCancellationRequested);
            source.Cancel();
            Assert.True(byToken.IsCancellationRequested && byTokenToo.IsCancellationRequested);
        });
    }

    [Fact]
    public void A_delay_cancels_later_and_one_made_cancelled_stays_so()
    {
        World.Each(world =>
        {
            var late = new Cancelable(world.System.Scheduler, 1_000);
            world.Runtime.AdvanceBy(TimeSpan.FromMilliseconds(999));
            Assert.False(late.IsCancellationRequested);
            world.Runtime.AdvanceBy(TimeSpan.FromMilliseconds(1));
            Assert.True(late.IsCancellationRequested && late.Token.IsCancellationRequested);
            Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);
        });
    }
}
