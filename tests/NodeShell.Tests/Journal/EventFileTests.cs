using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Journal;

public sealed class EventFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("events-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Lines_are_appended_to_what_an_earlier_process_wrote()
    {
        var path = Path.Combine(_directory.FullName, "history.jsonl");
        foreach (var line in (string[])["{\"a\":1}", "{\"a\":2}"])
        {
            using var file = EventFile.Open(path, new FakeClock(), Assert.Fail);
            file.Write(System.Text.Encoding.UTF8.GetBytes(line));
        }

        Assert.Equal("{\"a\":1}\n{\"a\":2}\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_thousand_lines_from_many_threads_are_whole_and_all_there()
    {
        var path = Path.Combine(_directory.FullName, "history.jsonl");
        var clock = new FakeClock();
        using (var file = EventFile.Open(path, clock, Assert.Fail))
        {
            var journal = new NodeJournal(clock, "n", [], file);
            Parallel.For(0, 1000, i => journal.Record(new NodeEvent(NodeEventType.Info, EventNames.Read) { Seq = (ulong)i }));
        }

        var lines = File.ReadAllLines(path);
        Assert.Equal(1000, lines.Length);
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_wrong_usage()
    {
        var e = Assert.Throws<UsageException>(() => EventFile.Open(Path.Combine(_directory.FullName, "no", "such"), new FakeClock(), Assert.Fail));

        Assert.Equal(ExitCodes.Usage, e.ExitCode);
        Assert.StartsWith("--events ", e.Where);
    }
}
