using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Watcher;

public sealed class NestedReplicaTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly TestClock _clock = new();
    private readonly DiskObserver _observer;

    public NestedReplicaTests()
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        _files.MakeDirectory(ReplicaLayout.Own);
        _observer = new DiskObserver(_files, _files.Probe(ReplicaLayout.Own), _clock, new ObserverOptions(), () => { });
        _observer.Scan();
        Drain();
    }

    public void Dispose()
    {
        _observer.Dispose();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_replica_inside_another_is_left_alone_with_all_that_is_in_it()
    {
        _directory.Write("in/.actors/lock", "");
        _directory.Write("in/.actors/state.db", "");
        _directory.Write("in/notes.txt", "of the inner one");
        var seen = Harvest();
        Assert.Contains(seen, each => each is Observation.Unfit { Reason: NestedReplicas.Reason, IsDirectory: true } && each.Path == P("in"));
        Assert.DoesNotContain(seen, each => P("in").IsAncestorOf(each.Path));
        _directory.Write("in/more.txt", "of the inner one");
        Assert.Empty(Harvest());
    }

    [Fact]
    public void A_replica_that_begins_in_a_directory_of_this_one_is_noticed_before_its_state_could_be_taken_for_files()
    {
        Directory.CreateDirectory(_directory["in"]);
        Harvest();
        // As a node makes it, with this one looking between any two steps.
        Directory.CreateDirectory(_directory["in/.actors"]);
        Assert.IsType<Observation.Busy>(Assert.Single(Harvest()));
        Directory.CreateDirectory(_directory["in/.actors/staging"]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        // The one that was waited for is known now too, or nothing would ever be settled.
        Assert.Equal([P("in/.actors"), P("in")], Harvest().OfType<Observation.Unfit>().Select(held => held.Path));
    }

    [Fact]
    public void A_directory_that_only_has_the_name_of_a_replicas_own_is_one_like_any_other()
    {
        _directory.Write("in/.actors/mine", "text");
        Assert.Contains(Harvest(), each => each is Observation.Content && each.Path == P("in/.actors/mine"));
    }

    [Fact]
    public void An_empty_directory_with_that_name_is_waited_for_ten_seconds_and_then_one_like_any_other()
    {
        Directory.CreateDirectory(_directory["in/.actors"]);
        Assert.Contains(Harvest(), each => each is Observation.Busy && each.Path == P("in/.actors"));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.IsType<Observation.Busy>(Assert.Single(Harvest()));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<Observation.Folder>(Assert.Single(Harvest()));
    }

    [Fact]
    public void A_directory_that_is_no_replica_any_more_is_seen_with_its_files()
    {
        _directory.Write("in/.actors/lock", "");
        _directory.Write("in/notes.txt", "text");
        Harvest();
        Directory.Delete(_directory["in/.actors"], recursive: true);
        _observer.Look(P("in"));
        Assert.Contains(Drain(), each => each is Observation.Content && each.Path == P("in/notes.txt"));
    }

    private static RelativePath P(string path) => RelativePath.Parse(path);

    private List<Observation> Harvest()
    {
        _observer.Harvest();
        return Drain();
    }

    /// <summary>Everything, with what listings leave to be read looked at as the Cache would ask for it.</summary>
    private List<Observation> Drain()
    {
        var seen = new List<Observation>();
        while (_observer.HasWork)
        {
            foreach (var each in _observer.Next(64))
            {
                if (each is Observation.Listing listing)
                {
                    foreach (var item in listing.Items.Where(item => !item.Stat.IsDirectory))
                        _observer.Look(item.Path);
                }
                else
                {
                    seen.Add(each);
                }
            }
        }
        return seen;
    }
}
