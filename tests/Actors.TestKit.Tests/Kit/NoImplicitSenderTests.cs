namespace Actors.Testing.Tests.Kit;

public sealed class NoImplicitSenderTests : TestKit, INoImplicitSender
{
    [Fact]
    public void Messages_have_no_sender_unless_it_is_named()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("anonymous");
        Assert.Equal(Sys.DeadLetters, probe.ExpectMsg<string, IActorRef>((_, sender) => sender));
    }
}

internal static class ProbeExtensions
{
    public static TResult ExpectMsg<T, TResult>(this TestProbe probe, Func<T, IActorRef, TResult> look)
    {
        TResult result = default!;
        probe.ExpectMsg<T>((message, sender) => { result = look(message, sender); });
        return result;
    }
}
