namespace Actors.Remote;

/// <summary>How bytes get from one node to another at present.</summary>
internal sealed class InMemoryRoute
{
    private long _delayTicks;
    private volatile bool _isStalled;

    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    public bool IsStalled
    {
        get => _isStalled;
        set => _isStalled = value;
    }
}
