using Actors.Event;

namespace Actors.Runtime;

/// <summary>What runs after a system has stopped, last added first, and the task that tells that it has.</summary>
internal sealed class TerminationCallbacks
{
    private readonly Lock _lock = new();
    private readonly Stack<Action> _callbacks = new();
    private TaskCompletionSource? _done;
    private bool _hasRun;

    public Task Done(TaskCreationOptions options)
    {
        lock (_lock)
            return (_done ??= new TaskCompletionSource(options)).Task;
    }

    public void Add(Action code)
    {
        lock (_lock)
        {
            if (_hasRun)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _callbacks.Push(code);
        }
    }

    public void Run(EventStream eventStream)
    {
        lock (_lock)
            _hasRun = true;
        foreach (Action callback in _callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception cause)
            {
                eventStream.Publish(new Error(cause, "ActorSystem", typeof(ActorSystem), "A callback after the end of the system failed"));
            }
        }
        _done!.TrySetResult();
    }
}
