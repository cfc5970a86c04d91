using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Actors.Messages;
using Actors.NodeShell;
using Microsoft.AspNetCore.Http;

namespace Actors.Server;

/// <summary>
/// The stories of the server and of its clients, side by side. Limits: 64 clients (at the limit the one that left
/// first gives way, else the newcomer is not shown), 200 lines each (the oldest goes), 1,000 characters a line (cut),
/// 16 watchers, and 2,048 news a watcher (one that is slower is sent away, and comes back for the whole board).
/// Callable from any thread; never waits. All of it is a courtesy: nothing is decided by it. A client is known by its
/// number: several may bear one name.
/// </summary>
internal sealed class StoryBoard
{
    public const string ServerName = "Server";

    private const int ClientsMax = 64;
    private const int LinesMax = 200;
    private const int CharactersMax = 1_000;
    private const int WatchersMax = 16;
    private const int NewsWaitingMax = 2_048;

    private readonly Lock _gate = new();
    private readonly Panel _server = new(0, ServerName) { Sessions = 1 };
    private readonly Dictionary<uint, Panel> _clients = [];
    private readonly List<Channel<BoardNews>> _watchers = [];
    private long _departures;

    /// <summary>The server's own next line.</summary>
    public void Told(StoryLine line)
    {
        lock (_gate)
            Add(_server, new BoardLine(0, line.Number, line.At, Cut(line.Text)));
    }

    public void Joined(uint client, string name)
    {
        lock (_gate)
        {
            if (PanelOf(client, name) is not { } panel)
                return;
            panel.Sessions++;
            Publish(new BoardNews(null, client, name, Connected: true));
        }
    }

    public void Told(uint client, StoryReport report)
    {
        lock (_gate)
        {
            if (!_clients.TryGetValue(client, out var panel))
                return;
            foreach (var line in report.Lines)
                Add(panel, new BoardLine(client, (long)line.Number, TimeOf(line.AtUs), Cut(line.Text)));
        }
    }

    public void Left(uint client)
    {
        lock (_gate)
        {
            if (!_clients.TryGetValue(client, out var panel) || panel.Sessions == 0)
                return;
            // Where a client took over from its older session, that one leaves after the newcomer came.
            if (--panel.Sessions > 0)
                return;
            panel.LeftAs = ++_departures;
            Publish(new BoardNews(null, client, panel.Name, Connected: false));
        }
    }

    /// <summary>
    /// The whole board as it is now, and all news from then on; null where there are too many watchers. The channel
    /// completes for a watcher that is too slow.
    /// </summary>
    public (IReadOnlyList<BoardNode> Board, Channel<BoardNews> News)? Watch()
    {
        lock (_gate)
        {
            if (_watchers.Count == WatchersMax)
                return null;
            var news = Channel.CreateBounded<BoardNews>(new BoundedChannelOptions(NewsWaitingMax) { SingleReader = true });
            _watchers.Add(news);
            return ([_server.Show(), .. _clients.Values.OrderBy(each => each.Name, NameOrder.Instance).ThenBy(each => each.Node).Select(each => each.Show())], news);
        }
    }

    public void Unwatch(Channel<BoardNews> news)
    {
        lock (_gate)
            _watchers.Remove(news);
    }

    private Panel? PanelOf(uint client, string name)
    {
        if (_clients.TryGetValue(client, out var panel))
        {
            panel.Name = name;
            return panel;
        }
        if (_clients.Count == ClientsMax)
        {
            var gone = _clients.Values.Where(each => each.Sessions == 0).MinBy(each => each.LeftAs);
            if (gone is null)
                return null;
            _clients.Remove(gone.Node);
            Publish(new BoardNews(null, gone.Node, Gone: true));
        }
        return _clients[client] = new Panel(client, name);
    }

    private void Add(Panel panel, BoardLine line)
    {
        if (panel.Lines.Count == LinesMax)
            panel.Lines.Dequeue();
        panel.Lines.Enqueue(line);
        Publish(new BoardNews(line));
    }

    private void Publish(BoardNews news)
    {
        for (var index = _watchers.Count - 1; index >= 0; index--)
        {
            if (_watchers[index].Writer.TryWrite(news))
                continue;
            _watchers[index].Writer.TryComplete();
            _watchers.RemoveAt(index);
        }
    }

    private static string Cut(string text) => text.Length <= CharactersMax ? text : text[..CharactersMax] + "…";

    private static DateTimeOffset TimeOf(long microseconds) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(Math.Clamp(microseconds, 0, 253_402_300_000_000_000));

    private sealed class Panel(uint node, string name)
    {
        public uint Node { get; } = node;

        public string Name { get; set; } = name;

        public Queue<BoardLine> Lines { get; } = new();

        public int Sessions { get; set; }

        public long LeftAs { get; set; }

        public BoardNode Show() => new(Node, Name, Sessions > 0, [.. Lines]);
    }
}

/// <summary>Names as people sort them: "Client 2" before "Client 10".</summary>
internal sealed class NameOrder : IComparer<string>
{
    public static readonly NameOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (xWord, xNumber) = Split(x ?? "");
        var (yWord, yNumber) = Split(y ?? "");
        var order = string.CompareOrdinal(xWord, yWord);
        return order != 0 ? order : xNumber != yNumber ? xNumber.CompareTo(yNumber) : string.CompareOrdinal(x, y);
    }

    private static (string Word, ulong Number) Split(string name)
    {
        var word = name.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        return ulong.TryParse(name.AsSpan(word.Length), out var number) ? (word, number) : (name, 0);
    }
}

/// <summary>What a watcher of the board is told: a new line, or else a client, by its number, that came, left or is no longer shown.</summary>
internal sealed record BoardNews(BoardLine? Line, uint? Node = null, string? Name = null, bool Connected = false, bool Gone = false);

/// <summary>One node on the board, with its newest lines, oldest first: the server has the number 0.</summary>
internal sealed record BoardNode(uint Node, string Name, bool Connected, IReadOnlyList<BoardLine> Lines);

/// <summary>One line on the board.</summary>
/// <param name="Node">Who said it: the client's number; 0 for the server.</param>
/// <param name="Number">Counts the lines of one process, from 1.</param>
/// <param name="At">When, on the clock of the one who said it.</param>
/// <param name="Text">What.</param>
internal sealed record BoardLine(uint Node, long Number, DateTimeOffset At, string Text);

/// <summary>The board as the page reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<BoardNode>))]
[JsonSerializable(typeof(BoardNews))]
internal sealed partial class BoardJson : JsonSerializerContext
{
    public static string Board(IReadOnlyList<BoardNode> board) => JsonSerializer.Serialize(board, Default.IReadOnlyListBoardNode);

    public static string News(BoardNews news) => JsonSerializer.Serialize(news, Default.BoardNews);
}

/// <summary>
/// One watcher's server-sent events: "board" with everything, then "news" one by one. A browser whose stream ends
/// (it was too slow, the server restarted) comes back by itself and starts with the whole board again.
/// </summary>
internal static class BoardStream
{
    private static readonly TimeSpan BackAfter = TimeSpan.FromSeconds(1);

    /// <summary>Sends until the page is closed or the server stops, which a page that does not read must not hold up.</summary>
    public static async Task SendAsync(HttpContext context, StoryBoard board, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.RequestAborted = end.Token;
        try
        {
            await Of(board).ExecuteAsync(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }

    private static IResult Of(StoryBoard board) =>
        board.Watch() is var (now, news)
            ? TypedResults.ServerSentEvents(EventsAsync(board, now, news))
            : TypedResults.Text("Too many pages are open.\n", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        StoryBoard board, IReadOnlyList<BoardNode> now, Channel<BoardNews> news, [EnumeratorCancellation] CancellationToken closed = default)
    {
        try
        {
            yield return new SseItem<string>(BoardJson.Board(now), "board") { ReconnectionInterval = BackAfter };
            await foreach (var each in news.Reader.ReadAllAsync(closed))
                yield return new SseItem<string>(BoardJson.News(each), "news");
        }
        finally
        {
            board.Unwatch(news);
        }
    }
}
