using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Server;

/// <summary>
/// One watcher's server-sent events: "board" with everything, then "news" one by one. A browser whose stream ends
/// (it was too slow, the server restarted) comes back by itself and starts with the whole board again.
/// </summary>
internal sealed class BoardStream(StoryBoard board, CancellationToken stopping)
{
    public async Task SendAsync(HttpContext context)
    {
        if (board.Watch() is not { } watch)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("Too many pages are open.\n", context.RequestAborted);
            return;
        }
        var (now, news) = watch;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await WriteAsync(context, "retry: 1000\nevent: board\ndata: "u8.ToArray(), BoardJson.Board(now), end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            while (await news.Reader.WaitToReadAsync(end.Token))
            {
                while (news.Reader.TryRead(out var each))
                    await WriteAsync(context, "event: news\ndata: "u8.ToArray(), BoardJson.News(each), end.Token);
                await context.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The page was closed, or the server stops: both are the usual end.
        }
        finally
        {
            board.Unwatch(news);
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] head, byte[] json, CancellationToken cancellation)
    {
        var body = context.Response.Body;
        await body.WriteAsync(head, cancellation);
        // JSON has no line breaks of its own, so one data line holds it.
        await body.WriteAsync(json, cancellation);
        await body.WriteAsync("\n\n"u8.ToArray(), cancellation);
    }
}
