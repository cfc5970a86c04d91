using System.Net.Sockets;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>Asks the node that runs a replica.</summary>
internal static class ControlClient
{
    private const string SocketsOfTheSystem = "/proc/net/unix";

    /// <summary>Whether a node runs a replica in this directory, which need not be one.</summary>
    public static bool IsRunning(string replica)
    {
        try
        {
            using var path = new ControlSocketPath(replica);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(path.EndPoint);
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <exception cref="FailureException">No node runs it, or it does not answer.</exception>
    public static async Task<ControlReply> AskAsync(string replica, ControlRequest request, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            using var path = new ControlSocketPath(replica);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(path.EndPoint, deadline.Token);
            await using var stream = new NetworkStream(socket);
            await ControlFrames.WriteAsync(stream, request, deadline.Token);
            while (await ControlFrames.ReadAsync(stream, ControlReply.Parser, deadline.Token) is { } reply)
            {
                if (reply.Done)
                    return reply;
            }
            throw new FailureException("the node ended before it answered", replica, "see its output");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw WhyNoAnswer(replica, e);
        }
        catch (OperationCanceledException e)
        {
            throw new FailureException($"the node did not answer within {patience.TotalSeconds:0} s", replica, "see its output", e);
        }
    }

    private static FailureException WhyNoAnswer(string replica, Exception cause)
    {
        if (ListensInVain(replica))
            return new FailureException("the node that runs this replica stands still: the directory was removed, moved or replaced under it", replica, "put the directory back, or end the node and start it again", cause);
        if (!Directory.Exists(replica))
            return new FailureException("there is no such directory", replica, "name the directory of a replica", cause);
        return new FailureException("no node runs this replica", replica, $"start one: ClientNode run {replica}", cause);
    }

    /// <summary>A socket is still listened on when its name is gone: only the system knows of it then.</summary>
    private static bool ListensInVain(string replica)
    {
        var file = ControlSocketPath.FileOf(replica);
        try
        {
            return !File.Exists(file) && File.ReadLines(SocketsOfTheSystem).Any(line => line.EndsWith(" " + file, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another system.
            return false;
        }
    }
}
