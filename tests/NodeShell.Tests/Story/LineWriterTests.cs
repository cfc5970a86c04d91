using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Story;

public sealed class LineWriterTests
{
    [Fact]
    public void What_is_written_in_pieces_is_told_line_by_line()
    {
        var told = new List<string>();
        using var writer = new LineWriter(told.Add);

        writer.Write("one ");
        writer.WriteLine("line");
        writer.Write("another\r\n\nnot whole yet");

        Assert.Equal(["one line", "another", ""], told);
    }
}
