using System.Globalization;
using System.Reflection;
using System.Text;

namespace Actors.Lab.Observing;

/// <summary>How often what a simulation is for was really reached: faults, races, checkers.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Reached(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Add(Coverage other)
    {
        foreach (var (what, times) in other._counts)
            Reached(what, times);
    }

    /// <summary>Of what must be reached: what never was.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> wanted) => [.. wanted.Where(what => _counts.GetValueOrDefault(what) == 0)];

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, times) in _counts)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {times,12:N0}  {what}");
        return text.ToString();
    }
}

/// <summary>The situations of the protocol that a run may or may not get into: the rules are in docs/consistency.md.</summary>
internal static class Races
{
    // Rule 1: pushes in doubt.
    public const string PushRepeated = "race: a push came again, and its outcome was known";
    public const string PushBoundToOther = "race: a push id came with other changes";
    public const string PushFenced = "race: a push of a session that was replaced";
    public const string PushStale = "race: a push refused as stale";
    public const string WindowFull = "race: as many pushes were open as may be";
    public const string EditWaitsForOutcome = "race: an edit of a path whose last push was not decided";
    public const string PushInDoubtAtJoin = "race: a join with pushes in doubt";
    public const string DoubtCommitted = "race: a join learned that a push in doubt was committed";
    public const string DoubtUndecided = "race: a join learned that a push in doubt was never decided";
    public const string DeletedInDoubt = "race: a commit was deleted by another client before its author knew of it";
    public const string PushPutOff = "race: a push was put off because others waited";
    public const string MailboxFull = "race: a message from outside found as many waiting as may, and was a dead letter";
    public const string ContentUploaded = "race: content had to be sent before its push was decided";

    // Rule 2: lost notices.
    public const string NoticeBeforePage = "race: a notice came while the answer to a pull was on its way";
    public const string NoticeRepeated = "race: a session repeated its notice";

    // The same on purpose, right after a reset.
    public const string JoinLost = "race: a Join was lost";
    public const string WelcomeLost = "race: a Welcome was lost";
    public const string AcceptanceLost = "race: a PushAccepted was lost";
    public const string PageLost = "race: a page of updates was lost";
    public const string NoticeLost = "race: a notice was lost";
    public const string SameLostTwice = "race: what was sent again was lost again";

    // Rule 3: epochs.
    public const string EpochBeyondHead = "race: a new epoch began because a replica knew more than the server's head";
    public const string EpochOfOtherChain = "race: a new epoch began because a replica knew another chain";
    public const string EpochWhilePushing = "race: a new epoch began while another client was pushing";
    public const string Revalidated = "race: a replica was compared with another epoch";

    // Rule 4: identities.
    public const string IdentityInUse = "race: an identity in use was refused";
    public const string IdentityRedrawn = "race: a replica got a new identity while it ran";
    public const string IdentityNewAtStart = "race: a start found that its replica was copied or put back";
    public const string SecondProcess = "race: a second process was kept off a replica";
    public const string SessionReplaced = "race: a session was taken over";
    public const string SystemRecreated = "race: a client that was given up began its connection anew";

    // Rule 5: first joins.
    public const string FirstJoinAdopted = "race: a first join adopted equal bytes";
    public const string FirstJoinCopied = "race: a first join kept different bytes as a conflict copy";
    public const string FirstJoinPushed = "race: a first join pushed what only its replica had";

    // Rule 6: what the Watcher believes.
    public const string OwnEcho = "race: a node saw its own update on the disk, and knew it by its hash";
    public const string ChangedWhileRead = "race: a file changed while it was read";
    public const string SignatureTooYoung = "race: a file was read again because its signature was too young to be trusted";
    public const string WrittenInOneTick = "race: a second reading found other bytes under the same signature";
    public const string WriterWaitedFor = "race: a file was open for writing, and waited for";
    public const string WritersUnknown = "race: nothing tells whether another user's file is being written";
    public const string SnapshotOfOpenFile = "race: a snapshot of an open file was taken";

    public const string LinkedFound = "race: what was written through one name of a file was found under the others";

    public const string HeldForTheDisk = "race: a path was held because the disk failed there";
    public const string CommittedTogether = "race: changes that were completed one after the other were committed together";
    public const string Overtook = "race: a change passed an earlier one that was not ready";
    public const string RefusedForOrder = "race: a push was refused because the one that it follows was";
    public const string BeforeItsTurn = "race: a push was put off because the one that it follows was not decided";

    // Rule 7: applying.
    public const string IntentRecovered = "race: a start found an update half applied";
    public const string DisplacedEdit = "race: an update displaced an edit, which was kept as a copy";
    public const string DisplacedOpenFile = "race: an update displaced a file that a program was writing";
    public const string DisplacedFileClosed = "race: a displaced file was closed by its writer at last";
    public const string DisplacedOfOtherUser = "race: an update displaced a file whose writers cannot be told";
    public const string DisplacedOfOtherUserWritten = "race: a displaced file whose writers cannot be told was written to";
    public const string LowerLayerKept = "race: an update found a directory of an overlay's lower layer, which cannot be renamed";
    public const string NameTakenSince = "race: what was written to a deleted file found its name free, although another file had had it since";
    public const string StagedOfLostHistory = "race: content was fetched and had no name yet when its history was lost";
    public const string AskedForNameless = "race: content was asked for whose file had no name when its push was made ready";
    public const string NoticeOfPathInFlight = "race: a notice of a path with a push in flight";

    // No deletion of what is there.
    public const string DirectoryHidden = "race: something that is not synced stood in the place of a synced directory";
    public const string DeletionNotSent = "race: a deletion was not sent, because its file was there again";
    public const string DeletionNotRepeated = "race: a push was not sent again, because what it deletes was there again";
    public const string MadeAgain = "race: a user made a file again after a deletion that a crash left without a record";
    public const string SavedOnTop = "race: a user saved on top of an update that a crash left without a record";

    // Who wins, and safety stops.
    public const string SameBytesAdopted = "race: the same bytes were there already, and were adopted";
    public const string ConflictCopy = "race: a conflict copy was committed";
    public const string EditOverDeletion = "race: an edit survived a deletion";
    public const string DirectoryOverFile = "race: a file made way for a directory of its name";
    public const string DataGone = "race: a server found its data gone from its place, and said so";
    public const string ReplicaStopped = "race: a node stopped because its replica was emptied";
    public const string EmptiedAfterPart = "race: a replica was emptied again of which only a part had been put back";
    public const string ReplicaWentOn = "race: a stopped node went on";

    public static IReadOnlyList<string> All { get; } =
        [.. typeof(Races).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
}
