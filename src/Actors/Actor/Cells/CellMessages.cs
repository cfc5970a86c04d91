namespace Actors.Runtime.SystemMessages;

/// <summary>A piece of an asynchronous handler that has to run in the actor.</summary>
internal sealed class AsyncContinuation(ActorTaskContext context, SendOrPostCallback callback, object? state) : SystemMessage
{
    public ActorTaskContext Context => context;

    public void Run()
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            callback(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}

/// <summary>An asynchronous handler has ended.</summary>
internal sealed class AsyncCompleted(ActorTaskContext context, Task task) : SystemMessage
{
    public ActorTaskContext Context => context;

    public Task Task => task;
}

/// <summary>The mailbox was full, and the actor is to fail for it.</summary>
internal sealed class Overflowed(int capacity) : SystemMessage
{
    public int Capacity => capacity;
}

/// <summary>Everything at an address is gone.</summary>
internal sealed class AddressTerminated(Address address) : SystemMessage
{
    public Address Address => address;
}
