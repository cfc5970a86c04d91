using System.Net.Sockets;
using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>Answers the command line on a socket in the replica that only its owner can open.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int WaitingMax = 16;

    private readonly Socket _listener;
    private readonly string _file;
    private readonly ControlDesk _desk;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private ControlServer(Socket listener, string file, ControlDesk desk)
    {
        (_listener, _file, _desk) = (listener, file, desk);
        _accepting = AcceptAsync();
    }

    /// <exception cref="FailureException">The socket cannot be made.</exception>
    public static ControlServer Start(string replica, ControlDesk desk)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var path = new ControlSocketPath(replica);
            // Left by a process that was killed: this one holds the replica's lock.
            File.Delete(path.File);
            listener.Bind(path.EndPoint);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path.File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(WaitingMax);
            return new ControlServer(listener, path.File, desk);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            throw new FailureException($"the control socket cannot be made: {e.Message}", replica, "use a directory on a local file system", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        try
        {
            File.Delete(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The replica is gone; so is its socket.
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                _ = AnswerAsync(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Only the end of the listener ends the loop.
            }
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await using var stream = new NetworkStream(socket);
                while (await ControlFrames.ReadAsync(stream, ControlRequest.Parser, _stop.Token) is { } request)
                    await ControlFrames.WriteAsync(stream, await _desk.AnswerAsync(request), _stop.Token);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The caller is gone, or this node ends: no answer is needed.
            }
        }
    }
}

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
