namespace Actors.Runtime;

/// <summary>
/// Starts the runtime's own asynchronous code so that it continues on threads of the system, not in the context of
/// whoever called: a caller that blocks must not hold it up.
/// </summary>
internal static class OwnContext
{
    public static TTask Run<TTask>(ActorSystem system, Func<TTask> code) where TTask : Task
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(((ActorSystemImpl)system).Environment.OwnContext);
        try
        {
            return code();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
