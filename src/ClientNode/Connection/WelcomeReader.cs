using System.Diagnostics.CodeAnalysis;
using Actors.Client.Cache;
using Actors.Messages;
using Actors.Messages.History;

namespace Actors.Client.Connection;

internal static class WelcomeReader
{
    /// <summary>False, with the reason, where the Welcome is not well formed.</summary>
    public static bool TryRead(Welcome welcome, [NotNullWhen(true)] out Admission? admission, [NotNullWhen(false)] out string? reason)
    {
        admission = null;
        reason = null;
        if (!EpochId.TryRead(welcome.Epoch.Span, out var epoch))
            reason = "its epoch is malformed";
        else if (welcome.Name.Length == 0 || welcome.Name.Any(char.IsControl))
            reason = "it has no name for this node";
        else if (welcome.Secret.Length != SessionKey.SecretBytes)
            reason = "it has no secret for the session";
        else if (welcome.Outcomes.Any(outcome => outcome.Accepted is { } accepted && !CacheActor.TryReadCommit(accepted, out _)))
            reason = "it does not say which commit a push became";
        else
        {
            var session = new ReplicaSession(welcome.Session, welcome.Number, welcome.Name, epoch) { Key = new SessionKey(welcome.Session, welcome.Secret) };
            admission = new Admission(session, welcome.Resumed, welcome.Head, [.. welcome.Outcomes.Select(Read)]);
        }
        return reason is null;
    }

    private static DoubtOutcome Read(PushOutcome outcome) => outcome.OutcomeCase switch
    {
        PushOutcome.OutcomeOneofCase.Accepted when CacheActor.TryReadCommit(outcome.Accepted, out var committed) =>
            new DoubtOutcome(outcome.Counter, committed, null),
        PushOutcome.OutcomeOneofCase.Rejected => new DoubtOutcome(outcome.Counter, null, CacheActor.ReadRefusal(outcome.Rejected) with { Counter = outcome.Counter }),
        _ => new DoubtOutcome(outcome.Counter, null, null),
    };
}
