using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>Make one path of the disk what the registry says.</summary>
/// <param name="Entry">What it shall be.</param>
/// <param name="Expected">What it is, as far as known.</param>
/// <param name="Seen">The expected file's signature.</param>
/// <param name="Source">Where the new content is.</param>
/// <param name="CopyName">Where displaced content goes that the registry does not have.</param>
/// <param name="IsCopyOwed">The expected content is such.</param>
/// <param name="Naming">Makes further names where that one is taken.</param>
public sealed record ApplyOrder(
    TreeEntry Entry, EntryState Expected, SeenFile? Seen, ContentSource Source, RelativePath CopyName, bool IsCopyOwed, CopyNaming Naming);

/// <summary>Further names for a conflict copy, where the first one is taken by other content.</summary>
public readonly record struct CopyNaming(string Loser, DateTimeOffset LostAt, PushId Push)
{
    public RelativePath Name(RelativePath path, int attempt) => ConflictName.For(path, Loser, LostAt, Push, attempt);
}

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
