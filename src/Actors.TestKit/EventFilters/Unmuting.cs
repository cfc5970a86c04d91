namespace Actors.Testing;

/// <summary>Ends, once, what <see cref="IEventFilterApplier.Mute()"/> began.</summary>
internal sealed class Unmuting(Action unmute) : IUnmutableFilter
{
    private Action? _unmute = unmute;

    public void Unmute() => Interlocked.Exchange(ref _unmute, null)?.Invoke();

    public void Dispose() => Unmute();
}
