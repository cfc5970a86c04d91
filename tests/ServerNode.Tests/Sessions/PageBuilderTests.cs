using System.Text;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.Server.Ledger;
using Actors.Server.Sessions;
using Actors.Server.Tests.Ledger;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Sessions;

public sealed class PageBuilderTests : IDisposable
{
    private const uint Stranger = 99;

    private readonly LedgerRig _rig = new();
    private readonly LedgerResult.Joined _session;
    private ulong _counter;

    public PageBuilderTests() => _session = _rig.Join(7);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_page_holds_what_comes_after_a_place_with_its_content()
    {
        Commit(FileAt("a", "1"));
        Commit(FolderAt("d"), FileAt("b", ""));
        Commit(FileAt("a", "2", based: 1));
        var page = Page(0, null);
        Assert.Equal(["b@2", "d@2", "a@3"], page.Entries.Select(entry => $"{entry.Path.ToStringUtf8()}@{entry.Version}"));
        Assert.Equal(["", null, "2"], page.Entries.Select(entry => entry.File is { HasContent: true } ? entry.File.Content.ToStringUtf8() : null));
        Assert.True(page.Complete);
        Assert.Equal(_rig.Position.ToMessage(), page.Position);
        Assert.Equal(["d@2", "a@3"], Page(2, "b").Entries.Select(entry => $"{entry.Path.ToStringUtf8()}@{entry.Version}"));
        Assert.Equal("a", Assert.Single(Page(2, null).Entries).Path.ToStringUtf8());
        Assert.Empty(Page(3, null).Entries);
    }

    [Fact]
    public void The_clients_own_commits_come_back_without_content()
    {
        Commit(FileAt("a", "1"));
        Assert.False(Page(0, null, _session.Node.Number).Entries[0].File.HasContent);
    }

    [Fact]
    public void Pages_fit_a_frame_and_together_hold_everything_once()
    {
        var expected = new List<string>();
        var names = Enumerable.Range(0, 700).Select(i => $"{i:d4}{new string('n', i % 3 == 0 ? 240 : 10)}").ToList();
        foreach (var chunk in names.Chunk(100))
            Commit([.. chunk.Select((name, i) => FileAt(name, new string('x', (i * 37) % 900)))]);
        Commit(FileAt("big1", new string('y', Limits.InlineFileBytesMax)));
        Commit(FileAt("big2", new string('z', Limits.InlineFileBytesMax)));
        expected.AddRange([.. names, "big1", "big2"]);

        var seen = new List<string>();
        var (version, path) = (0UL, (string?)null);
        Updates page;
        do
        {
            page = Page(version, path);
            Assert.InRange(page.CalculateSize(), 1, Limits.MessageBytesMax);
            Assert.True(RequestReader.TryRead(page, out _, out var reason), reason);
            Assert.All(page.Entries, entry => Assert.True(entry.File.HasContent));
            seen.AddRange(page.Entries.Select(entry => entry.Path.ToStringUtf8()));
            (version, path) = (page.Entries[^1].Version, page.Entries[^1].Path.ToStringUtf8());
        }
        while (!page.Complete);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Content_of_several_chunks_is_named_by_hash()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 70_000));
        var content = ContentRef.Of(bytes);
        using (var transaction = _rig.Store.Begin())
        {
            transaction.PutContent(content);
            transaction.Commit();
        }
        Commit(new PathChange(RelativePath.Parse("a"), 0, EntryState.File(content)));
        var file = Page(0, null).Entries[0].File;
        Assert.False(file.HasContent);
        Assert.Equal(content.Root.ToBytes(), file.Root);
    }

    private void Commit(params PathChange[] changes)
    {
        var push = PushOf(_session, ++_counter, changes) with { SettledThrough = _counter - 1 };
        Assert.IsType<LedgerResult.Committed>(_rig.Push(push));
    }

    private Updates Page(ulong version, string? path, uint client = Stranger) => _rig.Read(snapshot => PageBuilder.Build(
        snapshot, _rig.Share, new PullRequest(1, 1, _rig.Head.Epoch, version, path is null ? null : RelativePath.Parse(path), 0), client));
}
