using System.Reflection;

namespace Actors.Lab.Observing;

/// <summary>The situations of the protocol that a run may or may not get into: see the rules in docs/consistency.md.</summary>
internal static class Races
{
    public const string PushRepeated = "race: a push came again, and its outcome was known";
    public const string PushBoundToOther = "race: a push id came with other changes";
    public const string PushFenced = "race: a push of a session that was replaced";
    public const string PushStale = "race: a push refused as stale";
    public const string PushInDoubtAtJoin = "race: a join with pushes in doubt";
    public const string NoticeBeforePage = "race: a notice came while the answer to a pull was on its way";
    public const string NoticeRepeated = "race: a session repeated its notice";
    public const string NoticeOfPathInFlight = "race: a notice of a path with a push in flight";
    public const string EpochBegan = "race: a new epoch began";
    public const string IdentityInUse = "race: an identity in use was refused";
    public const string IdentityRedrawn = "race: a replica became somebody else";
    public const string SessionReplaced = "race: a session was taken over";
    public const string ContentUploaded = "race: content had to be sent before its push was decided";
    public const string WriterWaitedFor = "race: a file was open for writing, and waited for";
    public const string SnapshotOfOpenFile = "race: a snapshot of an open file was taken";
    public const string ChangedWhileRead = "race: a file changed while it was read";
    public const string DisplacedEdit = "race: an update displaced an edit, which was kept as a copy";
    public const string DisplacedOpenFile = "race: an update displaced a file that somebody was writing";
    public const string IntentRecovered = "race: a start found an update half applied";
    public const string ConflictCopy = "race: a conflict copy was committed";
    public const string ReplicaStopped = "race: a node stopped because its replica was emptied";
    public const string ReplicaWentOn = "race: a stopped node went on";
    public const string SameBytesAdopted = "race: the same bytes were there already, and were adopted";
    public const string EditWaitsForOutcome = "race: an edit of a path whose last push was not decided";
    public const string SystemRecreated = "race: a client that was given up began its connection anew";

    public static IReadOnlyList<string> All { get; } =
        [.. typeof(Races).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
}
