namespace Actors.Remote;

/// <summary>How remote death watch tells a silent peer from a slow one (<c>akka.remote.watch-failure-detector</c>).</summary>
internal sealed record WatchDetectorSettings
{
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    public double Threshold { get; init; } = 10;

    public TimeSpan AcceptablePause { get; init; } = TimeSpan.FromSeconds(10);

    public int SampleSizeMax { get; init; } = 200;

    public TimeSpan StdDeviationMin { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan ReaperInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the first answer may take before its absence counts as silence.</summary>
    public TimeSpan ExpectedResponseAfter { get; init; } = TimeSpan.FromSeconds(1);
}
