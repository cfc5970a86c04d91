namespace Actors.Tests.Remote;

internal static class HearingExtensions
{
    /// <summary>Completes with the first event of a kind that is published from now on.</summary>
    public static Task<T> Hear<T>(this ActorSystem system, Func<T, bool>? isMeant = null)
    {
        var heard = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = system.ActorOf(Props.Create(() => new Hearing<T>(isMeant ?? (_ => true), heard)));
        system.EventStream.Subscribe(listener, typeof(T));
        return heard.Task;
    }
}
