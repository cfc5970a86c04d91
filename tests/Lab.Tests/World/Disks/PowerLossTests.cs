using Actors.Lab.World.Disks;

namespace Actors.Lab.Tests.World.Disks;

/// <summary>What a loss of power leaves, over many seeds: what must be there always is, what may be lost sometimes is.</summary>
public sealed class PowerLossTests
{
    [Fact]
    public void What_was_not_synced_is_lost_kept_or_torn()
    {
        var text = string.Concat(Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 512)));
        var left = Outcomes(world => world.Write("f", text), world => world.Read("f"));
        Assert.Contains(null, left);
        Assert.Contains("", left);
        Assert.Contains(text, left);
        Assert.Contains(left, found => found is { Length: 2048 } && found != text && found.Contains('a'));
    }

    [Fact]
    public void A_synced_file_can_lose_its_name_but_not_its_bytes()
    {
        var left = Outcomes(world => world.Write("f", "text", sync: true), world => world.Read("f"));
        Assert.Equal([null, "text"], left.Order());
    }

    [Fact]
    public void A_synced_file_in_a_synced_directory_is_never_lost()
    {
        var left = Outcomes(
            world =>
            {
                world.Write("f", "text", sync: true);
                world.User.SyncDirectory("");
                world.Write("other", "x");
            },
            world => world.Read("f"));
        Assert.Equal(["text"], left);
    }

    [Fact]
    public void A_rename_is_there_or_undone_whole()
    {
        var left = Outcomes(
            world =>
            {
                world.User.MakeDirectory("d");
                world.Write("old", "1", sync: true);
                world.Write("d/other", "2", sync: true);
                world.User.SyncAll();
                world.User.Rename("old", "d/new");
                world.User.Rename("d/new", "d/other", RenameBehavior.Exchange);
            },
            world => $"{world.Read("old")}/{world.Read("d/new")}/{world.Read("d/other")}");
        Assert.Equal(["/1/2", "/2/1", "1//2"], left.Order());
    }

    [Fact]
    public void Saving_beside_and_renaming_over_is_safe_only_with_both_syncs()
    {
        IReadOnlySet<string?> Save(bool syncFile, bool syncDirectory) => Outcomes(
            world =>
            {
                world.Write("f", "old", sync: true);
                world.User.SyncAll();
                world.Write("f.tmp", "new", syncFile);
                world.User.Rename("f.tmp", "f");
                if (syncDirectory)
                    world.User.SyncDirectory("");
            },
            world => world.Read("f"));

        Assert.Equal(["new"], Save(true, true));
        Assert.Equal(["new", "old"], Save(true, false).Order());
        Assert.Contains("", Save(false, true));
    }

    [Fact]
    public void An_overwrite_in_place_that_was_not_synced_can_leave_a_mixture()
    {
        var left = Outcomes(
            world =>
            {
                world.Write("f", new string('a', 1_024), sync: true);
                world.User.SyncAll();
                using var file = world.User.Open("f", OpenModes.Write);
                file.Write(0, Enumerable.Repeat((byte)'b', 1_024).ToArray());
            },
            world => $"{world.Read("f")![0]}{world.Read("f")![512]}{world.Read("f")!.Length}");
        Assert.Equal(["aa1024", "ab1024", "ba1024", "bb1024"], left.Order());
    }

    [Fact]
    public void A_removal_that_was_not_synced_can_come_back()
    {
        var left = Outcomes(
            world =>
            {
                world.Write("f", "text", sync: true);
                world.User.SyncAll();
                world.User.Unlink("f");
                world.Write("g", "x", sync: true);
            },
            world => world.Read("f"));
        Assert.Equal([null, "text"], left.Order());
    }

    [Fact]
    public void What_was_moved_out_of_a_removed_directory_is_somewhere()
    {
        var left = Outcomes(
            world =>
            {
                world.User.MakeDirectory("d");
                world.Write("d/f", "text", sync: true);
                world.User.SyncAll();
                world.User.Rename("d/f", "f");
                world.User.RemoveDirectory("d");
            },
            world => world.Read("d/f") ?? world.Read("f"));
        Assert.Equal(["text"], left);
    }

    [Fact]
    public void Directories_that_changed_places_are_not_lost_in_each_other()
    {
        var left = Outcomes(
            world =>
            {
                world.User.MakeDirectory("a");
                world.User.MakeDirectory("a/b");
                world.Write("a/b/f", "text", sync: true);
                world.User.SyncAll();
                world.User.Rename("a/b", "b");
                world.User.Rename("a", "b/a");
            },
            world => world.Read("a/b/f") ?? world.Read("b/f"));
        Assert.Equal(["text"], left);
    }

    [Fact]
    public void Of_two_names_of_a_synced_file_each_is_there_or_not()
    {
        var left = Outcomes(
            world =>
            {
                world.Write("a", "text", sync: true);
                world.User.Link("a", "b");
            },
            world => $"{world.Read("a")} {world.Read("b")} {world.User.Stat("a")?.Inode == world.User.Stat("b")?.Inode}");
        Assert.Equal(["  True", " text False", "text  False", "text text True"], left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Processes_and_their_descriptors_do_not_survive()
    {
        var world = new DiskWorld();
        world.Write("f", "text", sync: true);
        world.User.SyncAll();
        var before = world.User;
        var open = before.Open("f", OpenModes.Write);
        Assert.True(open.TryLock());
        world.LosePower();
        Assert.True(before.IsKilled);
        Assert.Throws<ProcessKilledException>(() => open.Write(0, new byte[1]));
        using var reader = world.User.Open("f", OpenModes.Read);
        Assert.True(reader.TryLock());
        Assert.False(reader.HasOtherWriters());
    }

    [Fact]
    public void The_same_seed_leaves_the_same()
    {
        static string Run(ulong seed)
        {
            var world = new DiskWorld(seed);
            for (var i = 0; i < 20; i++)
                world.Write($"f{i}", $"text {i}", sync: i % 3 == 0);
            var loss = world.LosePower();
            return $"{loss} {string.Join(' ', world.User.List("").Select(item => world.Read(DiskPath.Of(item.Name.Span))))}";
        }

        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }

    /// <summary>Everything that was found after the loss, over 300 seeds.</summary>
    private static HashSet<string?> Outcomes(Action<DiskWorld> before, Func<DiskWorld, string?> look)
    {
        var outcomes = new HashSet<string?>();
        for (ulong seed = 0; seed < 300; seed++)
        {
            var world = new DiskWorld(seed);
            before(world);
            world.LosePower();
            outcomes.Add(look(world));
            var found = look(world);
            // What is left is durable: the next loss takes nothing.
            Assert.Equal(default, world.LosePower());
            Assert.Equal(found, look(world));
        }
        return outcomes;
    }
}
