using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Watcher;

public sealed class DiskObserverTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _linux;
    private readonly FaultyFileSystem _files;
    private readonly TestClock _clock = new();
    private readonly DiskObserver _observer;

    public DiskObserverTests()
    {
        _linux = LinuxFileSystem.Open(_directory.Path);
        _files = new FaultyFileSystem(_linux);
        _files.MakeDirectory(ReplicaLayout.Own);
        var traits = _files.Probe(ReplicaLayout.Own);
        _observer = new DiskObserver(_files, traits, _clock, new ObserverOptions { SliceBytes = 1024 * 1024 }, () => { });
        _observer.Scan();
        Drain();
    }

    public void Dispose()
    {
        _observer.Dispose();
        _linux.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_saved_file_is_seen_with_its_content()
    {
        _directory.Write("a", "text");
        var seen = Assert.IsType<Observation.Content>(Assert.Single(Harvest()));
        Assert.Equal(P("a"), seen.Path);
        Assert.Equal(ContentRef.Of("text"u8), seen.File.Content);
        Assert.False(seen.IsStillOpen);
    }

    [Fact]
    public void A_signature_right_after_a_write_is_not_to_be_trusted()
    {
        _directory.Write("a", "text");
        Assert.False(Assert.IsType<Observation.Content>(Assert.Single(Harvest())).File.IsSettled);
        _clock.Advance(TimeSpan.FromSeconds(3));
        _observer.Look(P("a"));
        Assert.True(Assert.IsType<Observation.Content>(Assert.Single(Drain())).File.IsSettled);
    }

    [Fact]
    public void A_file_that_is_being_written_is_waited_for_until_it_is_closed()
    {
        using (var writer = File.Create(_directory["a"]))
        {
            writer.Write("half"u8);
            writer.Flush();
            Assert.IsType<Observation.Busy>(Assert.Single(Harvest()));
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Empty(Harvest());
            writer.Write(" and half"u8);
        }
        var seen = Assert.IsType<Observation.Content>(Assert.Single(Harvest()));
        Assert.Equal(ContentRef.Of("half and half"u8), seen.File.Content);
        Assert.False(seen.IsStillOpen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_file_that_seems_open_right_after_it_was_closed_is_looked_at_again_at_once(int times)
    {
        _directory.Write("a", "text");
        _files.WritersSeen = times;
        var seen = Harvest().ToList();
        for (var looks = 1; looks < times; looks++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1 << (looks - 1)));
            seen.AddRange(Drain());
        }
        Assert.All(seen, item => Assert.IsType<Observation.Busy>(item));
        Assert.Equal(times, seen.Count);
        _clock.Advance(TimeSpan.FromMilliseconds(1 << (times - 1)));
        Assert.IsType<Observation.Content>(Assert.Single(Drain()));
    }

    [Fact]
    public void A_file_that_stays_open_is_taken_after_ten_seconds_and_marked()
    {
        using var writer = File.Create(_directory["log"]);
        writer.Write("line 1\n"u8);
        writer.Flush();
        Assert.IsType<Observation.Busy>(Assert.Single(Harvest()));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(Harvest());
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        var seen = Assert.IsType<Observation.Content>(Assert.Single(Harvest()));
        Assert.True(seen.IsStillOpen);
        Assert.Equal(ContentRef.Of("line 1\n"u8), seen.File.Content);

        writer.Write("line 2\n"u8);
        writer.Flush();
        Assert.IsType<Observation.Busy>(Assert.Single(Harvest()));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ContentRef.Of("line 1\nline 2\n"u8), Assert.IsType<Observation.Content>(Assert.Single(Harvest())).File.Content);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_read_again()
    {
        var bytes = new byte[3 * 1024 * 1024];
        File.WriteAllBytes(_directory["big"], bytes);
        _observer.Harvest();
        Assert.Empty(_observer.Next(10));
        bytes[0] = 1;
        File.WriteAllBytes(_directory["big"], bytes);
        Assert.IsType<Observation.Busy>(Assert.Single(Drain()));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ContentRef.Of(bytes), Assert.IsType<Observation.Content>(Assert.Single(Harvest())).File.Content);
    }

    [Fact]
    public void A_large_file_is_read_in_slices_so_that_others_have_their_turn()
    {
        File.WriteAllBytes(_directory["big"], new byte[5 * 1024 * 1024]);
        _observer.Harvest();
        var turns = 0;
        while (_observer.Next(10).Count == 0)
            turns++;
        Assert.InRange(turns, 3, 6);
    }

    [Fact]
    public void An_edit_need_not_wait_until_large_files_are_read()
    {
        File.WriteAllBytes(_directory["big"], new byte[20 * 1024 * 1024]);
        File.WriteAllBytes(_directory["large"], new byte[20 * 1024 * 1024]);
        _observer.Harvest();
        Assert.Empty(_observer.Next(10));
        foreach (var name in (string[])["notes.txt", "second", "third"])
            File.WriteAllBytes(_directory[name], new byte[700 * 1024]);
        _observer.Harvest();
        var turns = Enumerable.Range(0, 4).SelectMany(_ => _observer.Next(10)).ToList();
        Assert.Equal([P("notes.txt"), P("second"), P("third")], turns.Select(item => item.Path));
        Assert.Equal([P("big"), P("large")], Drain().Select(item => item.Path));
    }

    [Fact]
    public void A_large_file_need_not_wait_until_nobody_edits_anything()
    {
        File.WriteAllBytes(_directory["big"], new byte[5 * 1024 * 1024]);
        _observer.Harvest();
        Assert.Empty(_observer.Next(1));
        for (var turn = 0; ; turn++)
        {
            Assert.InRange(turn, 0, 12);
            _observer.Look(P("missing"));
            if (_observer.Next(1).OfType<Observation.Content>().Any())
                break;
        }
    }

    [Fact]
    public void A_large_file_that_is_saved_again_while_it_is_read_is_read_once_more()
    {
        var bytes = new byte[3 * 1024 * 1024];
        File.WriteAllBytes(_directory["big"], bytes);
        _observer.Harvest();
        Assert.Empty(_observer.Next(10));
        bytes[^1] = 1;
        File.WriteAllBytes(_directory["new"], bytes);
        File.Move(_directory["new"], _directory["big"], overwrite: true);
        Assert.Equal(ContentRef.Of(bytes), Harvest().OfType<Observation.Content>().Last().File.Content);
    }

    [Fact]
    public void What_is_put_into_a_new_directory_before_it_is_watched_is_found()
    {
        _directory.Write("new/sub/file", "text");
        var seen = Harvest();
        Assert.Contains(seen, item => item is Observation.Folder folder && folder.Path == P("new"));
        Assert.Contains(seen, item => item is Observation.Listing listing && listing.Path == P("new") && listing.Items[0].Path == P("new/sub"));
        Assert.Contains(seen, item => item is Observation.Listing listing && listing.Path == P("new/sub") && listing.Items[0].Path == P("new/sub/file"));
        _directory.Write("new/sub/later", "text");
        Assert.Contains(Harvest(), item => item is Observation.Content content && content.Path == P("new/sub/later"));
    }

    [Fact]
    public void A_moved_directory_is_absent_there_and_listed_here()
    {
        _directory.Write("old/file", "text");
        Harvest();
        Directory.Move(_directory["old"], _directory["new"]);
        var seen = Harvest();
        Assert.Contains(seen, item => item is Observation.Absent absent && absent.Path == P("old"));
        Assert.Contains(seen, item => item is Observation.Listing listing && listing.Path == P("new") && listing.Items.Count == 1);
        _directory.Write("new/file", "other");
        Assert.Contains(Harvest(), item => item is Observation.Content content && content.Path == P("new/file"));
    }

    [Fact]
    public void What_a_link_in_the_place_of_a_directory_hides_is_not_told_to_be_gone()
    {
        _directory.Write("d/sub/f", "text");
        Harvest();
        Directory.Move(_directory["d"], _directory["e"]);
        File.CreateSymbolicLink(_directory["d"], "/tmp");
        Harvest();
        _observer.Look(P("d/sub/f"));
        Assert.Equal(P("d"), Assert.IsType<Observation.Unfit>(Assert.Single(Drain())).Path);
    }

    [Fact]
    public void What_is_not_synced_is_named_with_the_reason()
    {
        File.CreateSymbolicLink(_directory["link"], "target");
        Assert.Contains("symbolic", Assert.IsType<Observation.Unfit>(Assert.Single(Harvest())).Reason);
        _directory.Write("inner/.actors/state.db", "");
        Assert.Contains(Harvest(), item => item is Observation.Unfit unfit && unfit.Path == P("inner") && unfit.Reason.Contains("replica"));
    }

    [Fact]
    public void The_nodes_own_directory_is_never_seen()
    {
        _directory.Write(".actors/state", "text");
        Assert.Empty(Harvest());
        _observer.Scan();
        Assert.All(Drain(), item => Assert.Empty(Assert.IsType<Observation.Listing>(item).Items));
    }

    [Theory]
    [MemberData(nameof(SavePatterns))]
    public void An_editors_save_ends_in_the_new_content(string pattern, Action<TempDirectory> save)
    {
        _directory.Write("doc", "before");
        Harvest();
        save(_directory);
        var seen = Harvest();
        var last = Assert.IsType<Observation.Content>(seen.Last(item => item.Path == P("doc")));
        Assert.True(ContentRef.Of("after"u8) == last.File.Content, pattern);
    }

    public static TheoryData<string, Action<TempDirectory>> SavePatterns() => new()
    {
        { "truncate and write", at => File.WriteAllText(at["doc"], "after") },
        {
            "temporary file and rename", at =>
            {
                File.WriteAllText(at["doc.tmp"], "after");
                File.Move(at["doc.tmp"], at["doc"], overwrite: true);
            }
        },
        {
            "backup and write anew", at =>
            {
                File.Move(at["doc"], at["doc~"], overwrite: true);
                File.WriteAllText(at["doc"], "after");
            }
        },
        {
            "delete and create", at =>
            {
                File.Delete(at["doc"]);
                File.WriteAllText(at["doc"], "after");
            }
        },
    };

    private static RelativePath P(string path) => RelativePath.Parse(path);

    private List<Observation> Harvest()
    {
        Assert.False(_observer.Harvest());
        return Drain();
    }

    private List<Observation> Drain()
    {
        var seen = new List<Observation>();
        while (_observer.HasWork)
            seen.AddRange(_observer.Next(10));
        return seen;
    }
}
