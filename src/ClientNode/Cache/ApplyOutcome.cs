using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>What came of an <see cref="ApplyOrder"/>.</summary>
public abstract record ApplyOutcome(ApplyOrder Order)
{
    /// <summary>It is on disk. <paramref name="CopyMade"/>: where displaced content of the user's was kept.</summary>
    public sealed record Done(ApplyOrder Order, SeenFile? Seen, RelativePath? CopyMade) : ApplyOutcome(Order);

    /// <summary>The disk was not as expected, and was left alone; these paths have to be looked at.</summary>
    public sealed record Surprised(ApplyOrder Order, IReadOnlyList<RelativePath> LookAt) : ApplyOutcome(Order);

    /// <summary>The file system will not have it.</summary>
    public sealed record Refused(ApplyOrder Order, string Reason) : ApplyOutcome(Order);
}
