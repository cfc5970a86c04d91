namespace Actors.Lab.Checking;

/// <summary>The names under which checkers count what they looked at.</summary>
internal static class Checkers
{
    /// <summary>Of the server's log, at each start: see <see cref="Observing.ServerHistory.Reopen"/>.</summary>
    public const string Durability = "durability";

    public static IReadOnlyList<string> All { get; } =
    [
        Of(CursorChecker.Name), Of(CommitChecker.Name), Of(AcknowledgementChecker.Name), Of(RefusalChecker.Name), Of(IdentityChecker.Name),
        Of(ContentChecker.Name), Of(WritingsChecker.Name), Of(WholeFileChecker.Name), Of(OutsideChecker.Name), Of(LimitsChecker.Name),
        Of(AvailabilityChecker.Name), Of(ErrorsChecker.Name), Of(ConvergenceChecker.Name), Of(EmptiedChecker.Name), Of(OrderChecker.Name), Of(LockChecker.Name), Of(Durability),
    ];

    public static string Of(string name) => "checker: " + name;
}
