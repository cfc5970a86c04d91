namespace Actors.Remote;

/// <summary>When bytes arrive: real time, or a simulation's.</summary>
internal interface INetworkClock
{
    TimeSpan Now { get; }

    /// <summary>Runs an action later, even if the delay is zero; never from inside this call.</summary>
    void Schedule(TimeSpan delay, Action action);
}
