namespace Actors.Testing;

/// <summary>
/// Runs an asynchronous operation to its end on the calling thread, continuations included. What the operation calls
/// back thus keeps the caller's thread, and with it the caller's implicit sender, and no context can lock it up.
/// </summary>
internal sealed class BlockingPump : SynchronizationContext
{
    private readonly object _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private readonly SynchronizationContext? _outer = Current;
    private bool _ended;

    public static void Run(Func<Task> operation) => Pump(async () =>
    {
        await operation();
        return true;
    });

    public static T Run<T>(Func<ValueTask<T>> operation) => Pump(async () => await operation());

    public static T Run<T>(Func<Task<T>> operation) => Pump(operation);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _work.Enqueue((d, state));
                Monitor.Pulse(_gate);
                return;
            }
        }

        // Whoever awaits something that outlives the operation goes on where the caller would have.
        (_outer ?? new SynchronizationContext()).Post(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private static T Pump<T>(Func<Task<T>> operation)
    {
        var pump = new BlockingPump();
        SetSynchronizationContext(pump);
        try
        {
            Task<T> task = operation();
            pump.WorkUntil(task);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(pump._outer);
        }
    }

    private void WorkUntil(Task task)
    {
        if (!task.IsCompleted)
            _ = task.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (Next(task) is { } work)
            work.Callback(work.State);
    }

    private (SendOrPostCallback Callback, object? State)? Next(Task task)
    {
        lock (_gate)
        {
            while (_work.Count == 0 && !task.IsCompleted)
                Monitor.Wait(_gate);
            if (_work.TryDequeue(out var work))
                return work;
            _ended = true;
            return null;
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.Pulse(_gate);
    }
}
