using System.Net.Sockets;
using Actors.Hosting;
using Actors.Messages;

namespace Actors.Client.Control;

/// <summary>Asks the node that runs a replica.</summary>
internal static class ControlClient
{
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
            throw new FailureException("no node runs this replica", replica, $"start one: ClientNode run {replica}", e);
        }
        catch (OperationCanceledException e)
        {
            throw new FailureException($"the node did not answer within {patience.TotalSeconds:0} s", replica, "see its output", e);
        }
    }
}
