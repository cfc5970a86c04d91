using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>Nothing can be done about the path until something is known about <paramref name="On"/> (perhaps itself).</summary>
public sealed record Hold(RelativePath Path, HoldReason Reason, RelativePath On) : PlanStep(Path);
