namespace Actors.Lab.Plans;

/// <summary>The network of a run, while nothing is wrong with it.</summary>
internal sealed record PlannedNetwork(TimeSpan LatencyMin, TimeSpan LatencyMax, int TailOneIn, TimeSpan TailLatency, long BytesPerSecond);
