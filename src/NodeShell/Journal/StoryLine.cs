namespace Actors.NodeShell;

/// <summary>One told line of a story.</summary>
/// <param name="Number">Counts the lines of one process, from 1.</param>
/// <param name="At">When it was told.</param>
/// <param name="Text">The line without its timestamp; never holds a line break or another control character.</param>
public readonly record struct StoryLine(long Number, DateTimeOffset At, string Text)
{
    /// <summary>The line as it is printed: "2026-11-22T07:21:00.123Z Updating local copy: notes.txt".</summary>
    public override string ToString() => $"{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Text}";
}

/// <summary>
/// The story in the words of the original system. Details (a path, a version) may follow on the same line after ": ".
/// </summary>
public static class StoryLines
{
    // Told by a client.
    public const string NoModifications = "No modifications made to the file";
    public const string Modifications = "Modifications made to the file";
    public const string InvalidationRequest = "Invalidation request from server";
    public const string PullingUpdates = "Pulling updates from server";
    public const string UpdatingLocalCopy = "Updating local copy";

    /// <summary>Told by a client after a pull that brought nothing that was not here.</summary>
    public const string NothingToUpdate = "Nothing to update";

    // Told by the server.
    public const string UpdateReceived = "Update received and Invalidation requests being sent to clients";
    public const string InstructingClients = "Instructing clients to update";

    /// <summary>Told by a client that finds files at its start which the share does not have: "Sharing 3 files".</summary>
    public static string Sharing(int files) => "Sharing " + Counted.Of(files, "file");

    /// <summary>Told by a client: "Client 2 welcomes you!".</summary>
    public static string Welcomes(string name) => name + " welcomes you!";

    /// <summary>Told by a client: "Connected with server as Client 2".</summary>
    public static string ConnectedAs(string name) => "Connected with server as " + name;

    /// <summary>Told by the server: "Connected with Client 1".</summary>
    public static string ConnectedWith(string name) => "Connected with " + name;

    /// <summary>A line with its details: "Updating local copy: notes.txt (version 7)".</summary>
    public static string With(string line, string details) => details.Length == 0 ? line : line + ": " + details;
}

/// <summary>Takes the told lines of a journal, in order, one at a time. Must not wait.</summary>
public interface IStorySink
{
    void Narrate(in StoryLine line);
}

/// <summary>A number and what it counts, in words: "1 file", "2 files".</summary>
public static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called, where that is not the same with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}

/// <summary>
/// Remembers the newest lines of a story and passes each on to subscribers: the console page, and a client's reports
/// to its server. At its limit the oldest line is forgotten.
/// </summary>
public sealed class StoryFeed(int capacity = 1000) : IStorySink
{
    private readonly Queue<StoryLine> _recent = new(capacity);
    private readonly List<Action<StoryLine>> _subscribers = [];
    private readonly Lock _gate = new();

    public void Narrate(in StoryLine line)
    {
        lock (_gate)
        {
            if (_recent.Count == capacity)
                _recent.Dequeue();
            _recent.Enqueue(line);
            foreach (var subscriber in _subscribers)
                subscriber(line);
        }
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
