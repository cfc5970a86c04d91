namespace Actors.Lab.Plants;

/// <summary>The bugs that can be planted, by name.</summary>
internal static class PlantCatalog
{
    public static IReadOnlyDictionary<string, Func<Plant>> All { get; } = new SortedDictionary<string, Func<Plant>>(StringComparer.Ordinal)
    {
        ["absence-outlives-listing"] = () => new AbsenceOutlivesListing(),
        ["acknowledged-before-commit"] = () => new AcknowledgedBeforeCommit(),
        ["base-of-the-remote-tree"] = () => new BaseOfTheRemoteTree(),
        ["children-not-seen"] = () => new ChildrenNotSeen(),
        ["conflict-copy-skipped"] = () => new ConflictCopySkipped(),
        ["content-in-memory-only"] = () => new ContentInMemoryOnly(),
        ["cursor-before-apply"] = () => new CursorBeforeApply(),
        ["deletions-not-told"] = () => new DeletionsNotTold(),
        ["displaced-content-dropped"] = () => new DisplacedContentDropped(),
        ["displaced-not-flushed"] = () => new DisplacedNotFlushed(),
        ["done-before-agreed"] = () => new DoneBeforeAgreed(),
        ["emptied-root-believed"] = () => new EmptiedRootBelieved(),
        ["faults-taken-for-absence"] = () => new FaultsTakenForAbsence(),
        ["late-page-believed"] = () => new LatePageBelieved(),
        ["lock-ignored"] = () => new LockIgnored(),
        ["lost-history-believed"] = () => new LostHistoryBelieved(),
        ["names-not-flushed"] = () => new NamesNotFlushed(),
        ["no-flush-before-rename"] = () => new NoFlushBeforeRename(),
        ["no-version-check"] = () => new NoVersionCheck(),
        ["notices-dropped-after-rejoin"] = () => new NoticesDroppedAfterRejoin(),
        ["notices-reversed"] = () => new NoticesReversed(),
        ["outcomes-forgotten-at-restart"] = () => new OutcomesForgottenAtRestart(),
        ["overflow-ignored"] = () => new OverflowIgnored(),
        ["page-of-two-snapshots"] = () => new PageOfTwoSnapshots(),
        ["predecessors-forgotten"] = () => new PredecessorsForgotten(),
        ["push-sent-before-stored"] = () => new PushSentBeforeStored(),
        ["record-lost-with-crash"] = () => new RecordLostWithCrash(),
        ["refused-versions-not-told"] = () => new RefusedVersionsNotTold(),
        ["unknown-writers-ignored"] = () => new UnknownWritersIgnored(),
        ["writers-ignored"] = () => new WritersIgnored(),
        ["young-signatures-trusted"] = () => new YoungSignaturesTrusted(),
    };
}
