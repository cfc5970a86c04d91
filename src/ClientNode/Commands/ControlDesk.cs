using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Messages;

namespace Actors.Client.Commands;

/// <summary>Turns what the command line asks into questions to the actors, and their answers into text and JSON.</summary>
/// <param name="settings">Of the node.</param>
/// <param name="replica">Its directory.</param>
/// <param name="connection">The actor at the top.</param>
/// <param name="stuckCalls">Calls to the disk that do not come back, in words.</param>
internal sealed class ControlDesk(ConnectionSettings settings, string replica, Func<IActorRef> connection, Func<IReadOnlyList<string>> stuckCalls)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SyncMargin = TimeSpan.FromSeconds(3);

    public async Task<ControlReply> AnswerAsync(ControlRequest request)
    {
        try
        {
            return request.RequestCase switch
            {
                ControlRequest.RequestOneofCase.Status => await StatusAsync(),
                ControlRequest.RequestOneofCase.Sync => await SyncAsync(TimeSpan.FromMilliseconds(Math.Min(request.Sync.TimeoutMs, 86_400_000))),
                ControlRequest.RequestOneofCase.Confirm => await ConfirmAsync(),
                _ => Reply(false, "This node does not know the request.", new { error = "unknown request" }),
            };
        }
        catch (AskTimeoutException)
        {
            return await BusyAsync();
        }
    }

    private async Task<ControlReply> StatusAsync()
    {
        var link = await connection().Ask<ConnectionActor.ConnectionAnswer>(ConnectionActor.AskConnection.Instance, Patience);
        var status = await connection().Ask<CacheActor.StatusAnswer>(CacheActor.AskStatus.Instance, Patience);
        return StatusText.Of(settings, replica, link, status, stuckCalls());
    }

    private async Task<ControlReply> SyncAsync(TimeSpan patience)
    {
        var answer = await connection().Ask<CacheActor.SyncAnswer>(new CacheActor.Sync(patience), patience + SyncMargin);
        return StatusText.Of(settings, answer);
    }

    private async Task<ControlReply> ConfirmAsync()
    {
        var answer = await connection().Ask<CacheActor.ConfirmAnswer>(CacheActor.ConfirmStop.Instance, Patience);
        return (answer.Before, answer.After) switch
        {
            (null, _) => Reply(true, "The node had not stopped.", new { stopped = (string?)null }),
            (_, null) => Reply(true, "The node goes on.", new { stopped = (string?)null }),
            _ => Reply(false, $"The node cannot go on: {answer.After}", new { stopped = answer.After }),
        };
    }

    /// <summary>The replica's actors are down, or busy for long.</summary>
    private async Task<ControlReply> BusyAsync()
    {
        try
        {
            var link = await connection().Ask<ConnectionActor.ConnectionAnswer>(ConnectionActor.AskConnection.Instance, Patience);
            var stuck = stuckCalls();
            var failure = link.Failure ?? (stuck.Count > 0 ? string.Join("; ", stuck) : null);
            var text = failure is not null ? $"The node stands still: {failure}" : "The node is busy; try again.";
            return Reply(false, text, new { stopped = failure, connected = link.IsConnected });
        }
        catch (AskTimeoutException)
        {
            return Reply(false, "The node does not answer.", new { error = "no answer" });
        }
    }

    internal static ControlReply Reply(bool ok, string text, object json) =>
        new() { Ok = ok, Done = true, Text = text, Json = System.Text.Json.JsonSerializer.Serialize(json) };
}
