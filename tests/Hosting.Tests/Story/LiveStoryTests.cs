using Actors.Hosting;
using Hosting.Tests.Journal;
using Spectre.Console;
using Xunit;

namespace Hosting.Tests.Story;

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
            story.Tell(new StoryLine(1, DateTimeOffset.UnixEpoch, "Modifications made to the file: a/rather/long/name.txt"));
            story.Tell(new StoryLine(2, DateTimeOffset.UnixEpoch, "short"));
            story.Tell(new StoryLine(3, DateTimeOffset.UnixEpoch, "Updating local copy"));
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
            story.Tell(new StoryLine(1, DateTimeOffset.UnixEpoch, line));
            story.Tell(new StoryLine(2, DateTimeOffset.UnixEpoch, line));
        }

        var told = string.Join(' ', screen.Lines.Where(row => row.Length > 0));
        Assert.Equal(80, told.Split(' ').Count(word => word == "word"));
        Assert.DoesNotContain("Client 1", told);
        Assert.DoesNotContain("Ctrl-C", told);
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
