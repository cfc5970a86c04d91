using Actors.Lab.World;
using Actors.Messages;

namespace Actors.Lab.Plans;

/// <summary>
/// Adds to a plan what is too rare by chance alone: moments that need several things at once, and what users and networks do
/// within milliseconds. Its chances come from a source of their own, so that a seed keeps what it means otherwise.
/// </summary>
internal sealed class Situations
{
    private static readonly string[] Names = ["a.txt", "b.txt", "notes.md", "new.txt", "docs/new.txt", "draft.tmp"];

    // A PushAccepted, once, without a reset: see LinkFaults.
    private const int MessageLossOfAcceptance = 12;

    private readonly PlanOptions _options;
    private readonly SeededRandomSource _random;
    private readonly List<PlannedFault> _faults;
    private readonly List<PlannedEdit> _edits;

    private Situations(RunPlan plan, PlanOptions options)
    {
        _options = options;
        _random = new SeededRandomSource(plan.Seed ^ 0x6d6f6d656e7473);
        _faults = [.. plan.Faults];
        _edits = [.. plan.Edits];
    }

    /// <param name="plan">Of a run that is longer than what happens here takes.</param>
    /// <param name="options">How large it is.</param>
    public static RunPlan AddTo(RunPlan plan, PlanOptions options) => new Situations(plan, options).Add(plan);

    private RunPlan Add(RunPlan plan)
    {
        for (var count = Chance(3) ? 1 + _random.Next(4) : 0; count > 0; count--)
            Fault(Time(_options.Duration), FaultKind.PowerLossAtRecord, Chance(6) ? 0 : Client(), Time(TimeSpan.FromSeconds(10)), _random.Next(1_000));
        for (var count = Chance(3) ? 1 + _random.Next(5) : 0; count > 0; count--)
            Fault(Time(_options.Duration), FaultKind.LoseNext, Client(), TimeSpan.Zero, _random.Next(1_000));
        for (var count = Chance(3) ? 5 + _random.Next(20) : 0; count > 0; count--)
            Edit(Time(_options.Duration), Client(), EditKind.Blink, Names[_random.Next(Names.Length)], 1 + _random.Next(200), _random.Next(2), Time(TimeSpan.FromMilliseconds(80)));
        for (var count = Chance(4) ? 2 + _random.Next(6) : 0; count > 0; count--)
            Edit(Time(_options.Duration), Client(), EditKind.WriteBlocks, Names[_random.Next(Names.Length)], (2 + _random.Next(6)) * Limits.ChunkBytes + _random.Next(3) - 1, 1 + _random.Next(4), Time(TimeSpan.FromMilliseconds(200)));
        if (Chance(10))
            StallUpload();
        if (Chance(8))
            LoseEpochWhilePushing();
        var limits = Chance(5) ? SmallLimits() : null;
        for (var count = Chance(4) ? 1 + _random.Next(3) : 0; count > 0; count--)
            Edit(Time(_options.Duration), Client(), EditKind.KeepMapped, Chance(2) ? "mapped.db" : Names[_random.Next(Names.Length)], 40 + _random.Next(400), 1 + _random.Next(5), Time(TimeSpan.FromSeconds(20)));
        for (var client = 1; client <= plan.Places.Count; client++)
        {
            if (plan.Places[client - 1] == PlaceKind.OtherUser && Chance(2))
                WriteOnAfterUpdates(client);
        }
        for (var count = Chance(4) ? 1 + _random.Next(4) : 0; count > 0; count--)
            WriteLinked();
        for (var count = Chance(5) ? 1 + _random.Next(3) : 0; count > 0; count--)
            Fault(Time(_options.Duration), FaultKind.ServerDataAway, 0, Time(TimeSpan.FromSeconds(20)), _random.Next(1_000));
        for (var count = Chance(3) ? 1 + _random.Next(3) : 0; count > 0; count--)
            Edit(Time(_options.Duration), Client(), EditKind.Unpack, "unpacked", 20 + _random.Next(100), 3 + _random.Next(10), Time(TimeSpan.FromMilliseconds(3)));
        if (Chance(10))
            EmptyTwice();
        if (Chance(10))
            LoseEpochWhileFetching();
        var places = plan.Places.ToList();
        var mailboxMax = Chance(6) ? 1 + _random.Next(4) : default(int?);
        if (Chance(6) && Client() is var layered && places[layered - 1] == PlaceKind.Whole)
        {
            places[layered - 1] = PlaceKind.Overlay;
            ReplaceLayer(1 + layered % _options.Clients);
        }
        AddMoments();
        return plan with
        {
            Places = places,
            Edits = [.. _edits.OrderBy(edit => edit.At).ThenBy(edit => edit.Number)],
            Faults = [.. _faults.OrderBy(fault => fault.At).ThenBy(fault => fault.Number)],
            Limits = limits,
            MailboxMax = mailboxMax,
        };
    }

    private void AddMoments()
    {
        for (var count = Chance(3) ? 1 + _random.Next(4) : 0; count > 0; count--)
            Fault(Time(_options.Duration), FaultKind.MadeAgain, Client(), Time(TimeSpan.FromSeconds(3)), _random.Next(1_000));
        for (var count = Chance(4) ? 2 + _random.Next(4) : 0; count > 0; count--)
            Edit(Time(_options.Duration), Client(), EditKind.Juggle, Names[_random.Next(Names.Length)], 20 + _random.Next(200), 5 + _random.Next(20), Time(TimeSpan.FromMilliseconds(Chance(2) ? 1 : 20)));
        if (Chance(4))
            EmptyAfterPart();
        if (Chance(8))
            LoseEpochWhileStaged();
        if (Chance(6))
            DeleteInDoubt();
        if (Chance(6))
            TakeNameSince();
        for (var count = Chance(3) ? 1 + _random.Next(3) : 0; count > 0; count--)
            Fault(Time(_options.Duration), FaultKind.SyncFails, Client(), Time(TimeSpan.FromSeconds(3)), 0);
    }

    /// <summary>More small edits than pushes may be open, beside a large upload that takes its time on a slow link.</summary>
    private void StallUpload()
    {
        var (at, client) = (QuietTime(), Client());
        Fault(at, FaultKind.Stall, client, TimeSpan.FromSeconds(15), 40 + _random.Next(200));
        Edit(at + TimeSpan.FromMilliseconds(200), client, EditKind.TruncateAndWrite, "large.bin", 400_000 + _random.Next(400_000), 1, TimeSpan.Zero);
        Edit(at + TimeSpan.FromMilliseconds(600), client, EditKind.Burst, "beside", 20 + _random.Next(100), 70 + _random.Next(30), TimeSpan.FromMilliseconds(20 + _random.Next(60)));
    }

    /// <summary>
    /// A server that was put back from a backup first admits a client that has seen nothing since the backup, and that pushes
    /// all the time; then others come who have seen more.
    /// </summary>
    private void LoseEpochWhilePushing()
    {
        var (at, first) = (QuietTime(), Client());
        Fault(at - TimeSpan.FromSeconds(0.5), FaultKind.Partition, first, TimeSpan.FromSeconds(11), 0);
        Fault(at, FaultKind.ServerRestored, 0, TimeSpan.FromSeconds(12), 0);
        Edit(at + TimeSpan.FromSeconds(9), first, EditKind.Burst, "steady", 20 + _random.Next(100), 90, TimeSpan.FromMilliseconds(300));
        for (var client = 1; client <= _options.Clients; client++)
        {
            if (client == first)
                continue;
            for (var number = 0; number < 3; number++)
                Edit(at + TimeSpan.FromSeconds(2 + number), client, EditKind.TruncateAndWrite, Names[_random.Next(Names.Length)], 20 + _random.Next(100), 1, TimeSpan.Zero);
            Fault(at + TimeSpan.FromSeconds(11), FaultKind.Partition, client, TimeSpan.FromSeconds(8 + _random.Next(8)), 0);
        }
    }

    /// <summary>A replica is emptied and that is meant; what comes into it after that is gone by a slip of the hand.</summary>
    private void EmptyTwice()
    {
        var (at, client) = (QuietTime(), Client());
        var author = 1 + client % _options.Clients;
        Fault(at, FaultKind.ReplicaEmptied, client, TimeSpan.FromSeconds(1), 0);
        Edit(at + TimeSpan.FromSeconds(9), author, EditKind.Burst, "again", 20 + _random.Next(100), 4, TimeSpan.FromMilliseconds(20));
        Fault(at + TimeSpan.FromSeconds(15), FaultKind.ReplicaEmptied, client, TimeSpan.FromSeconds(8), 1);
    }

    /// <summary>
    /// Of what was emptied by a slip of the hand only a part is put back, and the rest is said to be meant; then the hand slips
    /// again, before anything new has come into the replica.
    /// </summary>
    private void EmptyAfterPart()
    {
        var (at, client) = (QuietTime(), Client());
        Edit(at - TimeSpan.FromSeconds(2.5), 1 + client % _options.Clients, EditKind.Burst, "part", 20 + _random.Next(100), 8, TimeSpan.FromMilliseconds(20));
        Fault(at - TimeSpan.FromSeconds(0.3), FaultKind.Partition, client, TimeSpan.FromSeconds(14), 0);
        Fault(at, FaultKind.ReplicaEmptied, client, TimeSpan.FromSeconds(3), PlannedFault.PutBackInPart);
        Fault(at + TimeSpan.FromSeconds(9.5) + Time(TimeSpan.FromSeconds(3)), FaultKind.ReplicaEmptied, client, TimeSpan.FromSeconds(20), 1);
    }

    /// <summary>
    /// Large content was fetched and waits, because its replica was emptied, when a backup without it is put in place; and its
    /// author has saved something else by then.
    /// </summary>
    private void LoseEpochWhileStaged()
    {
        var (at, author) = (QuietTime(), Client());
        var reader = 1 + author % _options.Clients;
        Fault(at, FaultKind.ServerRestored, 0, TimeSpan.FromSeconds(14), 0);
        Fault(at + TimeSpan.FromSeconds(0.5), FaultKind.Stall, reader, TimeSpan.FromSeconds(20), 50 + _random.Next(100));
        Edit(at + TimeSpan.FromSeconds(1), author, EditKind.TruncateAndWrite, "staged.bin", 150_000 + _random.Next(250_000), 1, TimeSpan.Zero);
        Fault(at + TimeSpan.FromSeconds(2.5) + Time(TimeSpan.FromSeconds(2)), FaultKind.ReplicaEmptied, reader, TimeSpan.FromSeconds(22), 1);
        Edit(at + TimeSpan.FromSeconds(14.3), author, EditKind.TruncateAndWrite, "staged.bin", 20 + _random.Next(100), 1, TimeSpan.Zero);
        for (var client = 1; client <= _options.Clients; client++)
        {
            if (client != author && client != reader)
                Fault(at, FaultKind.Partition, client, TimeSpan.FromSeconds(16), 0);
        }
    }

    /// <summary>A client is not told that its new file was committed, and another one deletes the file meanwhile.</summary>
    private void DeleteInDoubt()
    {
        var author = Client();
        for (var count = 1 + _random.Next(3); count > 0; count--)
        {
            var (at, path) = (QuietTime(), $"doubt-{_edits.Count}.txt");
            Fault(at, FaultKind.LoseNext, author, TimeSpan.Zero, MessageLossOfAcceptance);
            Edit(at + TimeSpan.FromMilliseconds(100), author, EditKind.TruncateAndWrite, path, 20 + _random.Next(100), 1, TimeSpan.Zero);
            foreach (var seconds in (double[])[0.7, 1.3, 2.2, 3.5])
                Edit(at + TimeSpan.FromSeconds(seconds), 1 + author % _options.Clients, EditKind.Delete, path, 0, 1, TimeSpan.Zero);
        }
    }

    /// <summary>
    /// A file is deleted by another client while its user has it open, and is made anew; and its user deletes the new one, while
    /// the server is down, before the old one is closed.
    /// </summary>
    private void TakeNameSince()
    {
        var (at, client) = (QuietTime() - TimeSpan.FromSeconds(2), Client());
        var other = 1 + client % _options.Clients;
        const string path = "since.log";
        Edit(at - TimeSpan.FromSeconds(1), client, EditKind.TruncateAndWrite, path, 20 + _random.Next(100), 1, TimeSpan.Zero);
        Edit(at + TimeSpan.FromSeconds(0.5), client, EditKind.KeepOpen, path, 20 + _random.Next(200), 2, TimeSpan.FromSeconds(3));
        Edit(at + TimeSpan.FromSeconds(1.2), other, EditKind.Delete, path, 0, 1, TimeSpan.Zero);
        Edit(at + TimeSpan.FromSeconds(4), other, EditKind.TruncateAndWrite, path, 20 + _random.Next(100), 1, TimeSpan.Zero);
        Fault(at + TimeSpan.FromSeconds(7), FaultKind.Restart, 0, TimeSpan.FromSeconds(1), 0);
        Edit(at + TimeSpan.FromSeconds(8.5), client, EditKind.Delete, path, 0, 1, TimeSpan.Zero);
    }

    /// <summary>Large content of a commit that the server's backup does not have is still on a slow link when the backup is put in place.</summary>
    private void LoseEpochWhileFetching()
    {
        var (at, author) = (QuietTime(), Client());
        var reader = 1 + author % _options.Clients;
        Fault(at, FaultKind.ServerRestored, 0, TimeSpan.FromSeconds(8), 0);
        Fault(at + TimeSpan.FromSeconds(3), FaultKind.Stall, reader, TimeSpan.FromSeconds(15), _random.Next(100));
        Edit(at + TimeSpan.FromSeconds(4) + Time(TimeSpan.FromSeconds(3)), author, EditKind.TruncateAndWrite, "large.bin", 400_000 + _random.Next(800_000), 1, TimeSpan.Zero);
    }

    /// <summary>A user has a file open all the time, and writes on now and then, while another client replaces the file.</summary>
    private void WriteOnAfterUpdates(int client)
    {
        var (at, other) = (QuietTime(), 1 + client % _options.Clients);
        Edit(at, client, EditKind.KeepOpen, "open.log", 20 + _random.Next(200), 3 + _random.Next(4), TimeSpan.FromSeconds(2 + _random.Next(3)));
        for (var number = 0; number < 5; number++)
            Edit(at + TimeSpan.FromSeconds(1.2 + 3 * number) + Time(TimeSpan.FromSeconds(2)), other, EditKind.ReplaceByRename, "open.log", 20 + _random.Next(200), 1, TimeSpan.Zero);
    }

    /// <summary>Files take the place of directories that an overlay has in its lower layer, and directories that of the files.</summary>
    private void ReplaceLayer(int author)
    {
        foreach (var directory in RunPlan.LowerLayer)
        {
            for (var count = 1 + _random.Next(2); count > 0; count--)
                Edit(Time(_options.Duration), author, EditKind.ChangeKind, directory, 20 + _random.Next(200), 1 + _random.Next(3), Time(TimeSpan.FromSeconds(1)));
        }
    }

    private void WriteLinked()
    {
        var client = Client();
        var path = Chance(2) ? $"linked-{client}.txt" : Names[_random.Next(Names.Length)];
        Edit(Time(_options.Duration), client, EditKind.WriteLinked, path, 40 + _random.Next(200), 1 + _random.Next(5), Time(TimeSpan.FromSeconds(3)), path + ".2");
    }

    private PlannedLimits SmallLimits() => new(
        Limits.MessageBytesMax + _random.Next(3) * 1_000, 1 + _random.Next(4), 1 + _random.Next(3) * 2_000);

    private void Fault(TimeSpan at, FaultKind kind, int node, TimeSpan lasts, int amount) =>
        _faults.Add(new PlannedFault(_faults.Count + 1, at, kind, node, lasts, amount));

    private void Edit(TimeSpan at, int client, EditKind kind, string path, int bytes, int pieces, TimeSpan gap, string? other = null) =>
        _edits.Add(new PlannedEdit(_edits.Count + 1, at, client, kind, path, other ?? path, bytes, pieces, gap, Syncs: Chance(2)));

    private int Client() => 1 + _random.Next(_options.Clients);

    private TimeSpan QuietTime() => PlanGenerator.QuietTime(_random, _options);

    private TimeSpan Time(TimeSpan below) => TimeSpan.FromTicks((long)(_random.NextUInt64() % (ulong)Math.Max(1, below.Ticks)));

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
