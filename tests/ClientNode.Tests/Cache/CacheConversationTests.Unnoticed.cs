using System.Runtime.InteropServices;
using Actors.Client.Cache;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Messages.Wire;

namespace Actors.Client.Tests.Cache;

/// <summary>Changes of which nothing tells, or only at another name.</summary>
public sealed partial class CacheConversationTests
{
    [Fact]
    public void What_is_written_by_one_name_of_a_file_is_pushed_for_its_other_names_too()
    {
        // Long ago: what was read is not read once more because it was young.
        _files.StoppedAtNs = 1_000_000_000;
        _directory.Write("x/one", "old");
        Directory.CreateDirectory(_directory["y"]);
        Assert.Equal(0, HardLink(_directory["x/one"], _directory["y/two"]));
        var cache = Start();
        Accept(cache, "x/one", "y/two");
        AwaitAssert(() => Assert.Equal(2, _store.ReadSynced().Count(entry => entry.State.IsFile)), Patience);
        File.AppendAllText(_directory["x/one"], " and new");
        Accept(cache, "x/one", "y/two");
        AwaitAssert(() => Assert.All(_store.ReadSynced().Where(entry => entry.State.IsFile), IsNew), Patience);

        static void IsNew(TreeEntry entry) => Assert.Equal(ContentRef.Of("old and new"u8), entry.State.Content);
    }

    [Fact]
    public void Sync_finds_what_nothing_told_of_before_it_answers()
    {
        _files.StoppedAtNs = 1_000_000_000;
        var cache = StartWithTwoFiles();
        _files.IsDeaf = true;
        _directory.Write("a", "changed, and nobody was told");
        cache.Tell(new CacheActor.Sync(Patience), TestActor);
        var query = _session.FishForMessage<HeadQuery>(_ => true, Patience);
        cache.Tell(new HeadReply { Session = 1, Request = query.Request, Head = _head });
        Accept(cache, "a");
        Answer(cache, _head);
        Assert.True(ExpectMsg<CacheActor.SyncAnswer>(Patience).IsDone);
        Assert.Equal(ContentRef.Of("changed, and nobody was told"u8), _store.ReadSynced().Single(entry => entry.Path.ToString() == "a").State.Content);
    }

    [Fact]
    public void What_is_written_without_a_notice_to_a_file_that_was_read_while_it_was_open_is_pushed_before_it_is_closed()
    {
        _files.StoppedAtNs = 1_000_000_000;
        var cache = Start(writerPatience: TimeSpan.FromMilliseconds(100));
        using var log = new FileStream(_directory["log"], FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        log.Write("first"u8);
        AcceptUntil(cache, "log", ContentRef.Of("first"u8));
        _files.IsDeaf = true;
        log.Write(", second"u8);
        AcceptUntil(cache, "log", ContentRef.Of("first, second"u8));
    }

    [Fact]
    public void A_change_that_nothing_told_of_is_found_by_comparing_all_files_in_turn()
    {
        _files.StoppedAtNs = 1_000_000_000;
        var cache = StartWithTwoFiles();
        _files.IsDeaf = true;
        _directory.Write("a", "changed, and nobody was told");
        AcceptUntil(cache, "a", ContentRef.Of("changed, and nobody was told"u8));
    }

    /// <summary>Pushes are accepted until the path was in one with this content.</summary>
    private void AcceptUntil(IActorRef cache, string path, ContentRef content)
    {
        for (var isThere = false; !isThere;)
        {
            var push = _registry.ExpectMsg<Push>(Patience);
            isThere = push.Changes.Any(change => change.Path.ToStringUtf8() == path && change.File.Hash == content.Hash.ToBytes());
            Accept(cache, push);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string from, string to);
}
