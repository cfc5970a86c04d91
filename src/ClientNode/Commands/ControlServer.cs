using System.Net.Sockets;
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
