namespace Actors.Lab.Checking;

/// <summary>The names under which checkers count what they looked at.</summary>
internal static class Checkers
{
    public static IReadOnlyList<string> All { get; } =
    [
        Of(CursorChecker.Name), Of(CommitChecker.Name), Of(AcknowledgementChecker.Name), Of(RefusalChecker.Name), Of(IdentityChecker.Name),
        Of(ContentChecker.Name), Of(WritingsChecker.Name), Of(WholeFileChecker.Name), Of(OutsideChecker.Name), Of(LimitsChecker.Name),
        Of(AvailabilityChecker.Name), Of(ErrorsChecker.Name), Of(ConvergenceChecker.Name), Of(EmptiedChecker.Name), Of(LockChecker.Name), Of(DurabilityChecker.Name),
        Of(StructureChecker.Name), Of(UselessWorkChecker.Name), Of(DeletionChecker.Name), Of(ConflictChecker.Name), Of(OrderChecker.Name), Of(RecordChecker.Name),
    ];

    public static string Of(string name) => "checker: " + name;
}
