using System.Diagnostics.CodeAnalysis;
using Actors.Client.Cache;
using Actors.Messages;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Wire;
using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>What a Join says, and what its answers must say to be believed.</summary>
internal static class Handshake
{
    public static Join Join(CacheActor.JoinFacts facts, ConnectionSettings settings, ulong attempt, ReplicaActors replica, ActorSystem system)
    {
        var join = new Join
        {
            Protocol = Limits.ProtocolVersion,
            Node = new NodeIdentity
            {
                Id = facts.Identity.Id.ToBytes(),
                Incarnation = facts.Identity.Incarnation,
                Instance = settings.Instance,
            },
            Attempt = attempt,
            Share = settings.Share,
            WishedName = settings.WishedName,
            Position = facts.Position?.ToMessage(),
            Newest = facts.Newest?.ToMessage(),
            SettledThrough = facts.SettledThrough,
            Cache = WirePath.Of(replica.Cache, system),
            Watcher = WirePath.Of(replica.Watcher, system),
            Transfer = WirePath.Of(replica.Transfer, system),
        };
        foreach (var push in facts.InDoubt)
            join.InDoubt.Add(new PushInDoubt { Counter = push.Counter, Digest = push.Digest.ToBytes() });
        return join;
    }

    /// <summary>False, with the reason, where the Welcome is not well formed, or names actors that are not the server's.</summary>
    public static bool TryRead(
        Welcome welcome, Address server, ActorSystem system, [NotNullWhen(true)] out CacheActor.SessionBegan? began, [NotNullWhen(false)] out string? reason)
    {
        began = null;
        reason = null;
        var registry = WirePath.Resolve(welcome.Registry, server, system);
        var transfer = WirePath.Resolve(welcome.Transfer, server, system);
        if (!EpochId.TryRead(welcome.Epoch.Span, out var epoch))
            reason = "its epoch is malformed";
        else if (welcome.Name.Length == 0 || welcome.Name.Any(char.IsControl))
            reason = "it has no name for this node";
        else if (welcome.Secret.Length != SessionKey.SecretBytes)
            reason = "it has no secret for the session";
        else if (welcome.Outcomes.Any(outcome => outcome.Accepted is { } accepted && !CacheActor.TryReadCommit(accepted, out _)))
            reason = "it does not say which commit a push became";
        else if (registry is null || transfer is null)
            reason = "it names actors elsewhere";
        else
        {
            var session = new ReplicaSession(welcome.Session, welcome.Number, welcome.Name, epoch) { Key = new SessionKey(welcome.Session, welcome.Secret) };
            var admission = new Admission(session, welcome.Resumed, welcome.Head, [.. welcome.Outcomes.Select(Read)]);
            began = new CacheActor.SessionBegan(admission, ActorRefs.Nobody, registry, transfer);
        }
        return reason is null;
    }

    /// <summary>A refusal that stays: trying again does not help.</summary>
    public static FailureException RefusedForGood(JoinRefused refused, ConnectionSettings settings) => new(
        $"the server refuses this client: {refused.Text}",
        $"{settings.Server}, share {settings.Share}",
        refused.Reason switch
        {
            JoinRefusal.Protocol => "run a client and a server of versions that speak the same protocol",
            JoinRefusal.UnknownShare => "name a share that the server has: --share NAME",
            _ => "check the options",
        });

    private static DoubtOutcome Read(PushOutcome outcome) => outcome.OutcomeCase switch
    {
        PushOutcome.OutcomeOneofCase.Accepted when CacheActor.TryReadCommit(outcome.Accepted, out var committed) =>
            new DoubtOutcome(outcome.Counter, committed, null),
        PushOutcome.OutcomeOneofCase.Rejected => new DoubtOutcome(outcome.Counter, null, CacheActor.ReadRefusal(outcome.Rejected) with { Counter = outcome.Counter }),
        _ => new DoubtOutcome(outcome.Counter, null, null),
    };
}

/// <summary>Numbers the attempts to join, and pairs each in the history with what became of it; no answer in time is a failure.</summary>
internal sealed class JoinAttempts(INodeJournal journal, ConnectionSettings settings)
{
    private NodeEvent? _underWay;

    public ulong Newest { get; private set; }

    public ulong Begin(NodeId replica)
    {
        Newest++;
        End(NodeEventType.Fail);
        _underWay = new NodeEvent(NodeEventType.Invoke, EventNames.Join)
        {
            Op = EventOps.Join(replica, settings.Instance, Newest),
            Share = settings.Share,
        };
        journal.Record(_underWay);
        return Newest;
    }

    public void End(NodeEventType outcome, Admission? admission = null)
    {
        if (_underWay is { } asked)
        {
            journal.Record(new NodeEvent(outcome, EventNames.Join)
            {
                Op = asked.Op,
                Share = asked.Share,
                Epoch = admission?.Session.Epoch.ToString(),
                Seq = admission?.Head,
            });
        }
        _underWay = null;
    }
}
