using Actors.Client.Cache;
using Actors.Client.Disk;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Disk.ApplyScene;

namespace Actors.Client.Tests.Disk;

/// <summary>What an update displaces is read before it goes; of a large file no turn reads more than a piece.</summary>
public sealed class LargeFileTests : IDisposable
{
    private const int PieceMax = DisplacedKeeper.ReadAtOnceBytesMax + 4 * Limits.ChunkBytes;

    private readonly ApplyScene _scene = new();
    private readonly byte[] _large = new byte[3 * DisplacedKeeper.ReadAtOnceBytesMax + 1];

    public LargeFileTests()
    {
        for (var i = 0; i < _large.Length; i += 512)
            _large[i] = (byte)(i >> 9);
        System.IO.File.WriteAllBytes(_scene.Directory["large"], _large);
    }

    public static TheoryData<TreeEntry, string?> Updates { get; } = new()
    {
        { Absent("large"), null },
        { File("large", "new"), "new" },
        { Folder("large"), null },
    };

    public void Dispose()
    {
        _scene.Displaced.Dispose();
        _scene.Dispose();
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void A_large_file_that_is_displaced_is_read_in_turns_and_then_let_go(TreeEntry update, string? text)
    {
        Assert.InRange(BytesOf(() => Apply(update, text)), 0, PieceMax);
        Assert.Empty(_scene.Names(".actors/staging"));
        var turns = 0;
        do
        {
            Assert.Single(_scene.Names(".actors/displaced"));
            Assert.InRange(BytesOf(() => Assert.Empty(_scene.Displaced.Check(Naming, _ => true))), 1, PieceMax);
            turns++;
        }
        while (_scene.Displaced.HasMore);
        Assert.InRange(turns, 3, 5);
        Assert.Empty(_scene.Names(".actors/displaced"));
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void An_edit_of_it_that_nothing_told_of_is_kept(TreeEntry update, string? text)
    {
        var order = Order(update, text);
        // With the size and the times of what was seen, as a write within one tick of the file system's clock.
        _large[7]++;
        using (var writer = System.IO.File.OpenWrite(_scene.Directory["large"]))
            writer.Write(_large);
        Assert.IsType<ApplyOutcome.Done>(_scene.Apply(order with { Seen = SeenNow() }));
        var kept = new List<RelativePath>();
        do
        {
            kept.AddRange(_scene.Displaced.Check(Naming, path => path == P("large") && !update.State.IsAbsent));
        }
        while (_scene.Displaced.HasMore);
        Assert.Equal(_large, System.IO.File.ReadAllBytes(_scene.Directory[Assert.Single(kept).ToString()]));
    }

    [Fact]
    public void A_small_one_is_not_kept_waiting_by_it()
    {
        _scene.Directory.Write("small", "old");
        Apply(Absent("large"), null);
        _scene.Displaced.Check(Naming, _ => true);
        Assert.True(_scene.Displaced.HasMore);
        using (System.IO.File.Open(_scene.Directory["small"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            Assert.IsType<ApplyOutcome.Done>(_scene.Apply(_scene.Order(Absent("small"), EntryState.File(C("old")))));
        _scene.Displaced.Check(Naming, _ => true);
        Assert.True(_scene.Displaced.HasMore);
        Assert.Single(_scene.Names(".actors/displaced"));
    }

    [Fact]
    public void One_whose_size_is_not_what_was_agreed_on_is_not_read_at_all()
    {
        var order = Order(File("large", "new"), "new") with { Expected = EntryState.File(C("old")) };
        Assert.InRange(BytesOf(() => Assert.NotNull(Assert.IsType<ApplyOutcome.Done>(_scene.Apply(order)).CopyMade)), 0, 0);
    }

    private void Apply(TreeEntry update, string? text) => Assert.IsType<ApplyOutcome.Done>(_scene.Apply(Order(update, text)));

    private ApplyOrder Order(TreeEntry update, string? text) =>
        _scene.Order(update, EntryState.File(ContentRef.Of(_large)), text) with { Seen = SeenNow() };

    private SeenFile SeenNow() => new(_scene.Files.Stat(P("large"))!.Value.Signature, ContentRef.Of(_large), IsSettled: true);

    private long BytesOf(Action step)
    {
        var before = _scene.Faulty.BytesRead;
        step();
        return _scene.Faulty.BytesRead - before;
    }
}
