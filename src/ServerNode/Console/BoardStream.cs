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

    public static IResult Of(StoryBoard board, CancellationToken stopping) =>
        board.Watch() is var (now, news)
            ? TypedResults.ServerSentEvents(EventsAsync(board, now, news, stopping))
            : TypedResults.Text("Too many pages are open.\n", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        StoryBoard board, IReadOnlyList<BoardNode> now, Channel<BoardNews> news, CancellationToken stopping, [EnumeratorCancellation] CancellationToken closed = default)
    {
        // The server's stop ends a stream in order; a closed page cancels it.
        using var end = stopping.Register(() => news.Writer.TryComplete());
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
