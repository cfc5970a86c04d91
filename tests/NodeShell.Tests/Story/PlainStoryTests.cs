using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Story;

public sealed class PlainStoryTests
{
    [Fact]
    public void All_told_lines_are_written_before_the_story_ends()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var story = new PlainStory(output))
        {
            for (var number = 1; number <= 500; number++)
                story.Narrate(new StoryLine(number, DateTimeOffset.UnixEpoch, $"line {number}"));
        }

        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(Enumerable.Range(1, 500).Select(n => $"1970-01-01T00:00:00.000Z line {n}"), lines);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reader_that_stopped_delays_no_writer_and_learns_what_it_missed()
    {
        using var output = new StuckWriter();
        using (var story = new PlainStory(output))
        {
            story.Narrate(new StoryLine(0, DateTimeOffset.UnixEpoch, "first"));
            await output.Entered.Task;
            for (var number = 1; number <= 5_000; number++)
                story.Narrate(new StoryLine(number, DateTimeOffset.UnixEpoch, "line"));
            output.Release();
        }

        Assert.Contains("904 lines were not read in time", output.Written);
    }

    private sealed class StuckWriter : StringWriter
    {
        private readonly ManualResetEventSlim _go = new();

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Written => ToString();

        public void Release() => _go.Set();

        public override void WriteLine(string? value)
        {
            Entered.TrySetResult();
            _go.Wait();
            base.WriteLine(value);
        }
    }
}
