using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// Keeps a test actor the implicit sender of its test across every await: what is posted here runs where it would
/// have run anyway, with the test actor as the current one.
/// </summary>
internal sealed class TestActorContext(ActorCell cell, SynchronizationContext? inner) : SynchronizationContext
{
    private readonly SynchronizationContext _inner = inner ?? new SynchronizationContext();

    /// <summary>Makes the test actor the implicit sender on this thread.</summary>
    public static TestActorContext Install(ActorCell cell)
    {
        // Tests of one class run one after another on the same threads: never nest in the context of the last one.
        SynchronizationContext? outer = Current;
        while (outer is TestActorContext nested)
            outer = nested._inner;
        var context = new TestActorContext(cell, outer);
        SetSynchronizationContext(context);
        ActorCell.Current = cell;
        return context;
    }

    /// <summary>Undoes <see cref="Install"/>, as far as this thread is concerned.</summary>
    public void Remove()
    {
        if (ReferenceEquals(Current, this))
            SetSynchronizationContext(inner);
        if (ReferenceEquals(ActorCell.Current, cell))
            ActorCell.Current = null;
    }

    public override void Post(SendOrPostCallback d, object? state) => _inner.Post(_ => Run(d, state), null);

    public override void Send(SendOrPostCallback d, object? state) => _inner.Send(_ => Run(d, state), null);

    public override void OperationStarted() => _inner.OperationStarted();

    public override void OperationCompleted() => _inner.OperationCompleted();

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        ActorCell? outerCell = ActorCell.Current;
        SynchronizationContext? outerContext = Current;
        ActorCell.Current = cell;
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
