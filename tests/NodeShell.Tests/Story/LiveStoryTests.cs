using Actors.NodeShell;
using NodeShell.Tests.Journal;
using Spectre.Console;
using Spectre.Console.Rendering;
using Xunit;

namespace NodeShell.Tests.Story;

public sealed class LiveStoryTests
{
    private const int Width = 80;

    [Theory]
    [InlineData("Client 1")]
    [InlineData("A title that is longer than the terminal is wide: it would need several rows, which would stay behind")]
    public void A_line_leaves_nothing_of_the_longer_live_line_that_stood_there(string title)
    {
        var screen = new Screen();
        using (var story = new LiveStory(Terminal(screen), new FakeClock(), title))
        {
            story.Narrate(new StoryLine(1, DateTimeOffset.UnixEpoch, "Modifications made to the file: a/rather/long/name.txt"));
            story.Narrate(new StoryLine(2, DateTimeOffset.UnixEpoch, "short"));
            story.Narrate(new StoryLine(3, DateTimeOffset.UnixEpoch, "Updating local copy"));
        }

        var told = screen.Lines.Where(line => line.Length > 0).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(["Modifications made to the file: a/rather/long/name.txt", "short", "Updating local copy"], told);
    }

    [Fact]
    public void A_line_of_several_rows_leaves_nothing_of_the_live_line_either()
    {
        var screen = new Screen();
        var line = string.Join(' ', Enumerable.Repeat("word", 40));
        using (var story = new LiveStory(Terminal(screen), new FakeClock(), "Client 1"))
        {
            story.Narrate(new StoryLine(1, DateTimeOffset.UnixEpoch, line));
            story.Narrate(new StoryLine(2, DateTimeOffset.UnixEpoch, line));
        }

        var told = string.Join(' ', screen.Lines.Where(row => row.Length > 0));
        Assert.Equal(80, told.Split(' ').Count(word => word == "word"));
        Assert.DoesNotContain("Client 1", told);
        Assert.DoesNotContain("Ctrl-C", told);
    }

    [Theory]
    [InlineData("Client - /home/me/a/very/long/way/to/a/directory/that/somebody/has/made/for/notes", "Updating local copy: notes.txt (version 7)")]
    [InlineData("Client 1", "Updating local copy: a/very/long/way/to/a/file/in/a/replica/that/is/deep/indeed/notes.txt (version 7)")]
    [InlineData("Client - /home/me/a/very/long/way/to/a/directory/that/somebody/has/made/for/notes", "Updating local copy: 一個非常長的目錄名稱/另一個非常長的目錄名稱/又一個非常長的目錄名稱/notes.txt (version 7)")]
    public void The_live_line_shows_what_was_said_last_however_long_the_paths_are(string title, string text)
    {
        foreach (var room in (int[])[40, 74, 120, 200])
        {
            var line = LiveLine.Fit(title, text, " │ 12 s ago", " │ 17 changes │ Ctrl-C ends", room);
            Assert.True(new Segment(line.Title + line.Text + line.Tail).CellCount() <= room, $"{room}: {line}");
            Assert.StartsWith("Upd", line.Text);
            Assert.EndsWith("7)", line.Text);
            Assert.StartsWith("Cli", line.Title);
            Assert.EndsWith(title[^3..], line.Title);
        }
        Assert.Equal(new LiveLine("Client 1", "short", " │ now │ 1 change"), LiveLine.Fit("Client 1", "short", " │ now", " │ 1 change", 40));
    }

    private static IAnsiConsole Terminal(Screen screen)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });
        console.Profile.Width = Width;
        return console;
    }
}
