namespace Actors.Runtime;

/// <summary>A <see cref="ICancelable"/> that takes its delays from a scheduler.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private readonly CancellationTokenSource _source = new();
    private readonly List<CancellationTokenRegistration> _links = [];

    /// <summary>Creates one that is not cancelled.</summary>
    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced) { }

    /// <summary>Creates one that cancels itself after a delay.</summary>
    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler.Advanced, delay) { }

    /// <summary>Creates one that cancels itself after a delay.</summary>
    public Cancelable(IScheduler scheduler, int millisecondsDelay) : this(scheduler.Advanced, TimeSpan.FromMilliseconds(millisecondsDelay)) { }

    /// <summary>Creates one that is not cancelled.</summary>
    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    /// <summary>Creates one that cancels itself after a delay.</summary>
    public Cancelable(IActionScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    /// <inheritdoc/>
    public bool IsCancellationRequested => _source.IsCancellationRequested;

    /// <inheritdoc/>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>One that is already cancelled.</summary>
    public static ICancelable CreateCanceled() => AlreadyCanceled.Instance;

    /// <summary>One that is cancelled together with others.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        Linked(scheduler.Advanced, cancelables.Select(c => c.Token));

    /// <summary>One that is cancelled together with tokens.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        Linked(scheduler.Advanced, cancellationTokens);

    /// <summary>One that is cancelled together with others.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables) =>
        Linked(scheduler, cancelables.Select(c => c.Token));

    /// <summary>One that is cancelled together with tokens.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        Linked(scheduler, cancellationTokens);

    /// <inheritdoc/>
    public void Cancel() => Cancel(false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        _source.Cancel(throwOnFirstException);
    }

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _scheduler.ScheduleOnce(delay, () =>
        {
            if (!IsDisposed)
                _source.Cancel();
        }, this);
    }

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <summary>Gives up the token; a cancellation that comes later does nothing.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up the token.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (IsDisposed || !disposing)
            return;
        IsDisposed = true;
        foreach (CancellationTokenRegistration link in _links)
            link.Dispose();
        _source.Dispose();
    }

    private static Cancelable Linked(IActionScheduler scheduler, IEnumerable<CancellationToken> tokens)
    {
        var linked = new Cancelable(scheduler);
        foreach (CancellationToken token in tokens)
            linked._links.Add(token.Register(linked._source.Cancel));
        return linked;
    }

    private sealed class AlreadyCanceled : ICancelable
    {
        public static readonly AlreadyCanceled Instance = new();

        public bool IsCancellationRequested => true;

        public CancellationToken Token { get; } = new(canceled: true);

        public void Cancel() { }

        public void CancelAfter(TimeSpan delay) { }

        public void CancelAfter(int millisecondsDelay) { }

        public void Cancel(bool throwOnFirstException) { }
    }
}
