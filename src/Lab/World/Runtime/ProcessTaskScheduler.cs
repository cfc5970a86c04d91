namespace Actors.Lab.World;

/// <summary>Runs the tasks of a process as turns of the world.</summary>
internal sealed class ProcessTaskScheduler(ProcessEnvironment environment) : TaskScheduler
{
    private Task? _now;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a task that has waited for its turn, or a new one that does not wait.</summary>
    public void Execute(Task task)
    {
        var outer = _now;
        _now = task;
        try
        {
            if (task.Status == TaskStatus.Created)
                task.RunSynchronously(this);
            else
                TryExecuteTask(task);
        }
        finally
        {
            _now = outer;
        }
    }

    protected override void QueueTask(Task task) => environment.Runtime.Queue.Add(null, task, environment);

    /// <summary>No continuation runs inside of the turn that causes it.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => task == _now && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
