using System.Text;
using Actors.Lab.Users;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Tests.Users;

public sealed class CompletionsTests
{
    private readonly Completions _completions = new();

    private Completions.OfMachine Machine => _completions.Of("client-1");

    [Fact]
    public void A_path_that_is_completed_again_has_its_newest_place()
    {
        _completions.Complete("client-1", "a", Text("1"));
        _completions.Complete("client-1", "b", Text("1"));
        _completions.Complete("client-1", "a", Text("2"));
        Assert.True(Machine.Pending["a"].Index > Machine.Pending["b"].Index);
    }

    [Fact]
    public void What_is_committed_is_pending_no_longer_unless_it_was_completed_again()
    {
        _completions.Complete("client-1", "a", Text("1"));
        Assert.NotNull(Machine.Commit("a", Text("1")));
        Assert.Empty(Machine.Pending);
        _completions.Complete("client-1", "a", Text("2"));
        _completions.Complete("client-1", "a", Text("3"));
        Assert.NotNull(Machine.Commit("a", Text("2")));
        Assert.Equal(Text("3"), Machine.Pending["a"].State);
        Assert.Null(Machine.Commit("a", Text("4")));
    }

    [Fact]
    public void While_notices_are_lost_nothing_is_in_order()
    {
        _completions.Complete("client-1", "a", Text("1"));
        _completions.Suspend("client-1");
        _completions.Complete("client-1", "b", Text("1"));
        _completions.Resume("client-1");
        Assert.Empty(Machine.Pending);
        Assert.Null(Machine.Commit("b", Text("1")));
        _completions.Complete("client-1", "b", Text("2"));
        Assert.Single(Machine.Pending);
    }

    [Fact]
    public void What_is_completed_on_a_machine_without_observers_is_in_no_order()
    {
        _completions.Complete("client-1", "new/a", Text("1"), isWatched: false);
        Assert.Empty(Machine.Pending);
        Assert.False(Machine.Commit("new/a", Text("1"))!.Value.IsWatched);
    }

    private static EntryState Text(string text) => EntryState.File(ContentRef.Of(Encoding.ASCII.GetBytes(text)));
}
