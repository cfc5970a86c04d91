using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// Keeps a test actor the implicit sender of its test across every await: what is posted here runs where it would
/// have run anyway, with the test actor as the current one.
/// </summary>
internal sealed class TestActorContext(ActorCell cell, SynchronizationContext? inner) : SynchronizationContext
{
    private readonly SynchronizationContext? _inner = inner;
    private readonly ActorCell _cell = cell;
    private volatile bool _isRemoved;

    private SynchronizationContext Target { get; } = inner ?? new SynchronizationContext();

    /// <summary>Makes the test actor the implicit sender on this thread.</summary>
    public static TestActorContext Install(ActorCell cell)
    {
        Clear();
        var context = new TestActorContext(cell, Current);
        SetSynchronizationContext(context);
        ActorCell.Current = cell;
        return context;
    }

    /// <summary>
    /// Forgets the test actor of an earlier test: that test may have ended on another thread, where it could not undo
    /// what it did to this one.
    /// </summary>
    public static void Clear()
    {
        while (Current is TestActorContext earlier)
            SetSynchronizationContext(earlier._inner);
        if (ActorCell.Current is { Actor: null or InternalTestActor })
            ActorCell.Current = null;
    }

    /// <summary>Undoes <see cref="Install"/>, as far as this thread is concerned.</summary>
    public void Remove()
    {
        _isRemoved = true;
        if (ReferenceEquals(Current, this))
            SetSynchronizationContext(_inner);
        if (ReferenceEquals(ActorCell.Current, _cell))
            ActorCell.Current = null;
    }

    public override void Post(SendOrPostCallback d, object? state) => Target.Post(_ => Run(d, state), null);

    public override void Send(SendOrPostCallback d, object? state) => Target.Send(_ => Run(d, state), null);

    public override void OperationStarted() => Target.OperationStarted();

    public override void OperationCompleted() => Target.OperationCompleted();

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        if (_isRemoved)
        {
            callback(state);
            return;
        }
        ActorCell? outerCell = ActorCell.Current;
        SynchronizationContext? outerContext = Current;
        ActorCell.Current = _cell;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outerContext);
            ActorCell.Current = outerCell;
        }
    }
}
