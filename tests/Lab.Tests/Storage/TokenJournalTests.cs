using Actors.Lab.Storage;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Tests.Storage;

public sealed class TokenJournalTests
{
    private readonly StorageScene _scene = new();

    [Fact]
    public void A_new_file_holds_nothing_and_then_the_last_token()
    {
        using (var journal = Open())
        {
            Assert.Equal(0UL, journal.Token);
            journal.Append(5, 0);
            journal.Append(9, 1_000);
        }
        using var again = Open();
        Assert.Equal(9UL, again.Token);
    }

    [Fact]
    public void Only_one_at_a_time_has_it_open_and_the_end_of_its_process_frees_it()
    {
        _ = Open();
        Assert.Equal(DiskError.Busy, Assert.Throws<DiskException>(Open).Error);
        _scene.Kill();
        Open().Dispose();
    }

    [Fact]
    public void Many_appends_with_checkpoints_between_them_are_all_remembered()
    {
        ulong token = 0;
        for (var opened = 0; opened < 20; opened++)
        {
            using var journal = Open();
            Assert.Equal(token, journal.Token);
            for (var i = 0; i < 40; i++)
                journal.Append(++token, 1_000);
            Assert.InRange(_scene.Process.Stat("data/state")!.Value.Size, 0, TokenJournal.CheckpointAfterBytes + 3_000);
        }
    }

    [Fact]
    public void Power_lost_at_any_call_leaves_the_last_token_appended_or_the_one_that_was_being_appended()
    {
        for (var seed = 0UL; seed < 1_000; seed++)
        {
            // Records of one sector each, as many as it takes to come past a checkpoint.
            const int bytes = 472, appends = 140;
            var cut = new PowerCut(seed, afterCalls: (int)(seed % 300));
            var acknowledged = 0UL;
            try
            {
                using var journal = TokenJournal.Open(cut.Process, "state");
                for (var token = 1UL; token <= appends; token++)
                {
                    journal.Append(token, bytes);
                    acknowledged = token;
                }
            }
            catch (ProcessKilledException)
            {
            }
            Assert.True(cut.IsDone || acknowledged == appends, $"seed {seed}");
            var process = cut.Disk.StartProcess("again");
            var seen = process.Stat("state") is null ? 0 : TokenOf(process);
            Assert.True(seen == acknowledged || seen == acknowledged + 1, $"seed {seed}: {seen} after {acknowledged}");
        }
    }

    [Theory]
    [InlineData(DiskOperation.Sync)]
    [InlineData(DiskOperation.Write)]
    internal void A_failed_append_is_replaced_by_the_next_one(DiskOperation failing)
    {
        using (var journal = Open())
        {
            journal.Append(1, 0);
            _scene.Fault = (failing, DiskError.InputOutput);
            Assert.Throws<DiskException>(() => journal.Append(2, 5_000));
            Assert.Equal(1UL, journal.Token);
            _scene.Fault = null;
            journal.Append(3, 0);
        }
        using var again = Open();
        Assert.Equal(3UL, again.Token);
    }

    [Fact]
    public void A_file_that_is_something_else_is_refused()
    {
        using (var file = _scene.Process.Open("data/state", OpenModes.Write | OpenModes.Create))
            file.Write(0, "this is something else"u8);
        Assert.Equal(DiskError.Invalid, Assert.Throws<DiskException>(Open).Error);
    }

    private TokenJournal Open() => TokenJournal.Open(_scene.Process, "data/state");

    private static ulong TokenOf(DiskProcess process)
    {
        using var journal = TokenJournal.Open(process, "state");
        return journal.Token;
    }

    private sealed class PowerCut : IDiskGate
    {
        private int _callsLeft;

        public PowerCut(ulong seed, int afterCalls)
        {
            _callsLeft = afterCalls;
            Disk = new SimulatedDisk(() => DateTimeOffset.UnixEpoch, new SeededRandomSource(seed));
            Process = Disk.StartProcess("node", this);
        }

        public SimulatedDisk Disk { get; }
        public DiskProcess Process { get; }
        public bool IsDone { get; private set; }

        public DiskError Before(DiskCall call)
        {
            if (_callsLeft-- == 0)
            {
                IsDone = true;
                Disk.LosePower();
            }
            return DiskError.None;
        }

        public void After(DiskCall call)
        {
        }
    }
}
