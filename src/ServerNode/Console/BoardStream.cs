using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Actors.Server;

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
