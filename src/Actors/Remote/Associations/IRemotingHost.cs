namespace Actors.Remote;

/// <summary>Time and threads as remoting sees them: the system's scheduler and a dispatcher, or a simulation's.</summary>
internal interface IRemotingHost
{
    /// <summary>A clock that never goes back.</summary>
    TimeSpan Now { get; }

    void Schedule(TimeSpan delay, Action action);

    void Execute(IThreadPoolWorkItem work);

    /// <summary>Whether a thread that sends may do work of remoting itself.</summary>
    bool SendersMayWrite { get; }
}
