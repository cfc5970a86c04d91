using Actors.Client.Planning;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning;

public sealed class AgendaTests
{
    private readonly Agenda _agenda = new();

    [Fact]
    public void What_was_marked_is_taken_once()
    {
        Assert.True(_agenda.IsEmpty);
        Mark("a", "b", "a");
        Assert.False(_agenda.IsEmpty);
        Assert.Equal("a b", Take());
        Assert.Equal("", Take());
    }

    [Fact]
    public void A_path_on_hold_comes_back_with_the_path_that_it_waits_for()
    {
        Hold(("d/a", "d"), ("e/a", "e"));
        Mark("e");
        Assert.Equal("e e/a", Take());
        Mark("d/other");
        Assert.Equal("d/other", Take());
        Assert.Equal("d/a", Held());
        Mark("d");
        Assert.Equal("d d/a", Take());
        Assert.Equal("", Held());
    }

    [Fact]
    public void Waiting_is_followed_from_path_to_path()
    {
        Hold(("d", "d/busy"), ("d/a", "d"), ("d/a/b", "d/a"), ("other", "other"));
        Mark("d/busy");
        Assert.Equal("d d/a d/a/b d/busy", Take());
        Assert.Equal("other", Held());
    }

    [Fact]
    public void A_change_below_a_directory_on_hold_wakes_it_and_what_waits_for_it()
    {
        // The directory waits for one thing in it, but another one can decide that it stays.
        Hold(("d", "d/busy"), ("d/a", "d"));
        Mark("d/new");
        Assert.Equal("d d/a d/new", Take());
    }

    [Fact]
    public void A_path_waits_for_what_the_latest_plan_said()
    {
        Hold(("a", "b"));
        Hold(("a", "c"));
        Mark("b");
        Assert.Equal("b", Take());
        Mark("c");
        Assert.Equal("a c", Take());
    }

    [Fact]
    public void The_root_stands_for_all_that_is_on_hold()
    {
        Hold(("a", "b"), ("c/d", "c"));
        _agenda.Mark(RelativePath.Root);
        Assert.Equal(" a c/d", Take());
    }

    private void Mark(params string[] paths)
    {
        foreach (var path in paths)
            _agenda.Mark(RelativePath.Parse(path));
    }

    private void Hold(params (string Path, string On)[] holds) => _agenda.Note(new Plan(
        [], [], [], [.. holds.Select(hold => new Hold(RelativePath.Parse(hold.Path), HoldReason.InFlight, RelativePath.Parse(hold.On)))]));

    private string Take() => Text(_agenda.Take());

    private string Held() => Text(_agenda.Held);

    private static string Text(IEnumerable<RelativePath> paths) => string.Join(' ', paths.Order());
}
