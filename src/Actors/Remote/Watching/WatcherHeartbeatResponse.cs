using Actors.Event;

namespace Actors.Remote;

/// <summary>Says that a system is there, and which incarnation it is.</summary>
internal sealed record WatcherHeartbeatResponse(long Uid) : IDeadLetterSuppression;
