using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Journal;

public sealed class NodeJournalTests
{
    private readonly FakeClock _clock = new();
    private readonly Collected _collected = new();
    private readonly NodeJournal _journal;

    public NodeJournalTests()
    {
        _journal = new NodeJournal(_clock, "server", [_collected], _collected);
    }

    [Fact]
    public void A_story_line_has_a_timestamp_in_front()
    {
        _journal.Narrate(StoryLines.ConnectedAs("Client 2"));

        Assert.Equal("2026-11-22T07:21:00.123Z Connected with server as Client 2", _collected.Lines.Single().ToString());
    }

    [Fact]
    public void No_modifications_is_told_once_until_something_changes()
    {
        _journal.Narrate(StoryLines.NoModifications);
        _journal.Narrate(StoryLines.NoModifications);
        _journal.Narrate(StoryLines.Modifications);
        _journal.Narrate(StoryLines.NoModifications);

        Assert.Equal(
            [StoryLines.NoModifications, StoryLines.Modifications, StoryLines.NoModifications],
            _collected.Lines.Select(line => line.Text));
    }

    [Fact]
    public void Other_lines_are_told_as_often_as_they_come()
    {
        _journal.Narrate(StoryLines.InvalidationRequest);
        _journal.Narrate(StoryLines.InvalidationRequest);

        Assert.Equal(2, _collected.Lines.Count);
    }

    [Fact]
    public void A_file_name_cannot_break_a_line_or_drive_the_terminal()
    {
        _journal.Narrate("Updating local copy: a\nb\u001b[2Jc\u0085d\u202e");

        Assert.Equal("Updating local copy: a\\x0Ab\\x1B[2Jc\\x85d\\x202E", _collected.Lines.Single().Text);
    }

    [Fact]
    public void An_event_has_every_field_in_order_with_null_for_what_it_lacks()
    {
        _journal.Record(new NodeEvent(NodeEventType.Invoke, EventNames.Push) { Op = "push-1", Share = "default", Path = "é/\\xFF", Bytes = 7 });

        Assert.Equal(
            """{"t":"2026-11-22T07:21:00.123456Z","mono_ns":1000000007,"node":"server","epoch":null,"op":"push-1","type":"invoke","event":"push","share":"default","path":"é/\\xFF","version":null,"seq":null,"hash":null,"bytes":7}""",
            _collected.Events.Single());
    }

    [Fact]
    public void A_node_that_is_named_later_has_that_name_from_then_on()
    {
        _journal.Record(new NodeEvent(NodeEventType.Info, EventNames.Join));
        _journal.NameNode("Client 2");
        _journal.Record(new NodeEvent(NodeEventType.Ok, EventNames.Join) { Version = 3, Seq = 4 });

        Assert.Contains("\"node\":\"server\"", _collected.Events[0]);
        Assert.Contains("\"node\":\"Client 2\"", _collected.Events[1]);
        Assert.Contains("\"version\":3,\"seq\":4", _collected.Events[1]);
    }
}
