namespace Actors.NodeShell;

/// <summary>
/// The story as plain lines, flushed one by one. At most 4,096 lines wait for a reader that has stopped; further ones
/// are dropped, and a line says how many.
/// </summary>
public sealed class PlainStory : IStorySink, IDisposable
{
    private const int LinesWaitingMax = 4_096;

    private readonly TextWriter _output;
    private readonly BoundedQueueThread<StoryLine> _lines;
    private bool _failed;

    public PlainStory(TextWriter output)
    {
        _output = output;
        _lines = new BoundedQueueThread<StoryLine>("story", LinesWaitingMax, Print);
    }

    public void Narrate(in StoryLine line) => _lines.Add(line);

    public void Dispose() => _lines.Dispose();

    private void Print(StoryLine line)
    {
        if (_failed)
            return;
        try
        {
            _output.WriteLine(line.ToString());
            if (_lines.TakeDropped() is > 0 and var dropped)
                _output.WriteLine(line with { Text = $"{Counted.Of(dropped, "line was", "lines were")} not read in time" });
            _output.Flush();
        }
        catch (IOException)
        {
            // The reader has gone (a closed pipe): the node works on without one.
            _failed = true;
        }
    }
}
