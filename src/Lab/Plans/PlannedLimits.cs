namespace Actors.Lab.Plans;

/// <summary>Limits of the server, so small that a run reaches them.</summary>
/// <param name="PushBytesWaitingMax">Of pushes that wait, of all clients.</param>
/// <param name="BatchCommandsMax">In one transaction.</param>
/// <param name="BatchBytesMax">The same, in bytes of pushes.</param>
internal sealed record PlannedLimits(long PushBytesWaitingMax, int BatchCommandsMax, long BatchBytesMax);
