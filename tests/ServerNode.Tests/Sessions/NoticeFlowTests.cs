using Actors.Messages.Tree;
using Actors.Server.Sessions;
using Google.Protobuf;

namespace Actors.Server.Tests.Sessions;

/// <summary>Lost, repeated and late notices, as the server sees them.</summary>
public sealed class NoticeFlowTests
{
    private const uint Me = 1;
    private const uint Other = 2;

    private readonly NoticeFlow _flow = new(9, Me, ByteString.CopyFromUtf8("epoch"), head: 0, cursor: 0);

    [Fact]
    public void A_commit_of_another_client_is_told_at_once_with_its_paths()
    {
        var notice = _flow.OnHeadMoved(News(1, ("a", Other)))!;
        Assert.Equal((9UL, 1UL), (notice.Session, notice.Head));
        Assert.Equal("a", Assert.Single(notice.Paths).Path.ToStringUtf8());
    }

    [Fact]
    public void A_commit_of_the_client_itself_is_told_by_the_repetition_only()
    {
        Assert.Null(_flow.OnHeadMoved(News(1, ("a", Me))));
        Assert.Equal(1UL, _flow.OnSecond()!.Head);
    }

    [Fact]
    public void Own_paths_are_left_out_of_a_notice_about_others()
    {
        Assert.Equal("b", Assert.Single(_flow.OnHeadMoved(News(2, ("a", Me), ("b", Other)))!.Paths).Path.ToStringUtf8());
    }

    [Fact]
    public void Notices_gather_while_one_is_unanswered()
    {
        Assert.NotNull(_flow.OnHeadMoved(News(1, ("a", Other))));
        Assert.Null(_flow.OnHeadMoved(News(2, ("b", Other))));
        Assert.Null(_flow.OnHeadMoved(News(3, ("c", Other))));
        var gathered = _flow.OnInvalidated(1)!;
        Assert.Equal(3UL, gathered.Head);
        Assert.Equal(["b", "c"], gathered.Paths.Select(path => path.Path.ToStringUtf8()));
        Assert.Null(_flow.OnInvalidated(3));
    }

    [Fact]
    public void A_late_answer_to_an_older_notice_releases_nothing()
    {
        _flow.OnHeadMoved(News(1, ("a", Other)));
        _flow.OnInvalidated(1);
        Assert.NotNull(_flow.OnHeadMoved(News(2, ("b", Other))));
        Assert.Null(_flow.OnHeadMoved(News(3, ("c", Other))));
        Assert.Null(_flow.OnInvalidated(1));
    }

    [Fact]
    public void The_share_is_told_again_every_second_until_the_cursor_reaches_the_head()
    {
        _flow.OnHeadMoved(News(2, ("a", Other)));
        for (var i = 0; i < 3; i++)
        {
            var repeated = _flow.OnSecond()!;
            Assert.Equal(2UL, repeated.Head);
            Assert.Empty(repeated.Paths);
        }
        _flow.OnInvalidated(2);
        Assert.NotNull(_flow.OnSecond());
        _flow.OnPull(1);
        Assert.NotNull(_flow.OnSecond());
        _flow.OnPull(2);
        Assert.Null(_flow.OnSecond());
    }

    [Fact]
    public void A_pull_answers_the_notice_that_is_unanswered()
    {
        _flow.OnHeadMoved(News(1, ("a", Other)));
        _flow.OnPull(0);
        Assert.NotNull(_flow.OnHeadMoved(News(2, ("b", Other))));
    }

    [Fact]
    public void More_paths_than_a_notice_names_are_not_named()
    {
        _flow.OnHeadMoved(News(1, ("a", Other)));
        _flow.OnHeadMoved(News(2, [.. Enumerable.Range(0, 200).Select(i => ($"b{i}", Other))]));
        _flow.OnHeadMoved(News(3, [.. Enumerable.Range(0, 57).Select(i => ($"c{i}", Other))]));
        var notice = _flow.OnInvalidated(1)!;
        Assert.Equal(3UL, notice.Head);
        Assert.Empty(notice.Paths);
        Assert.Empty(_flow.OnHeadMoved(News(4, [.. Enumerable.Range(0, 257).Select(i => ($"d{i}", Other))]))?.Paths ?? []);
    }

    [Fact]
    public void A_notice_fits_a_frame_however_long_the_paths_are()
    {
        var folder = string.Join('/', Enumerable.Repeat(new string('d', 250), 16));
        var notice = _flow.OnHeadMoved(News(1, [.. Enumerable.Range(0, 200).Select(i => ($"{folder}/{i}", Other))]))!;
        Assert.Empty(notice.Paths);
        _flow.OnInvalidated(1);
        notice = _flow.OnHeadMoved(News(2, [.. Enumerable.Range(0, 10).Select(i => ($"{folder}/{i}", Other))]))!;
        Assert.Equal(10, notice.Paths.Count);
        Assert.InRange(notice.CalculateSize(), 1, Messages.Limits.MessageBytesMax);
    }

    [Fact]
    public void An_old_head_is_no_news()
    {
        _flow.OnHeadMoved(News(2, ("a", Other)));
        _flow.OnInvalidated(2);
        Assert.Null(_flow.OnHeadMoved(News(1, ("b", Other))));
    }

    private static HeadMoved News(ulong head, params (string Path, uint Author)[] paths)
    {
        var changed = new ChangedPaths(head);
        foreach (var (path, author) in paths)
            changed.Add(RelativePath.Parse(path), head, author);
        return new HeadMoved(1, head, changed);
    }
}
