namespace Actors.NodeShell;

/// <summary>
/// Remembers the newest lines of a story and passes each on to subscribers: the console page, and a client's reports
/// to its server. At its limit the oldest line is forgotten.
/// </summary>
public sealed class StoryFeed : IStorySink
{
    private readonly Queue<StoryLine> _recent;
    private readonly int _capacity;
    private readonly List<Action<StoryLine>> _subscribers = [];
    private readonly Lock _gate = new();

    public StoryFeed(int capacity = 1000)
    {
        _capacity = capacity;
        _recent = new Queue<StoryLine>(capacity);
    }

    public void Narrate(in StoryLine line)
    {
        lock (_gate)
        {
            if (_recent.Count == _capacity)
                _recent.Dequeue();
            _recent.Enqueue(line);
            foreach (var subscriber in _subscribers)
                subscriber(line);
        }
    }

    public IReadOnlyList<StoryLine> Recent()
    {
        lock (_gate)
            return [.. _recent];
    }

    /// <summary>
    /// Calls <paramref name="onLine"/> for the remembered lines and then for each new one, on the thread that tells
    /// it: it must only hand the line on. Disposing the result ends that.
    /// </summary>
    /// <param name="onLine">Takes the lines.</param>
    /// <param name="withPast">False: only the new lines.</param>
    public IDisposable Subscribe(Action<StoryLine> onLine, bool withPast = true)
    {
        lock (_gate)
        {
            foreach (var line in withPast ? _recent : [])
                onLine(line);
            _subscribers.Add(onLine);
        }
        return new Subscription(this, onLine);
    }

    private sealed class Subscription(StoryFeed feed, Action<StoryLine> onLine) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
                feed._subscribers.Remove(onLine);
        }
    }
}
