using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Messages;
using Actors.NodeShell;
using Actors.Tests.Remoting;
using Google.Protobuf;
using Nodes.Tests.Processes;

namespace Nodes.Tests.Hostile;

/// <summary>A peer on a bare socket, which may send whatever it likes.</summary>
/// <param name="server">Where the server listens: "127.0.0.1:2346".</param>
/// <param name="node">Who it says it is: "Client@somewhere:4000".</param>
internal sealed class RawPeer(string server, string node) : IDisposable
{
    private static readonly TimeSpan Patience = RunningNode.LineTimeout;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public string Address => $"akka.tcp://{node}";

    public string Server => $"akka.tcp://Server@{server}";

    public string Registry => $"{Server}/user/registry";

    public async Task ConnectAsync() => await _socket.ConnectAsync(IPEndPoint.Parse(server)).WaitAsync(Patience);

    public async Task<RawPeer> AssociateAsync(ulong uid = 1)
    {
        await ConnectAsync();
        await SendAsync(Wire.Associate(node, uid));
        Assert(await ReceiveFrameAsync() is not null, "the server does not introduce itself");
        return this;
    }

    /// <summary>A frame with its length in front.</summary>
    public Task SendAsync(byte[] frame)
    {
        var bytes = new byte[4 + frame.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, frame.Length);
        frame.CopyTo(bytes, 4);
        return SendRawAsync(bytes);
    }

    public async Task SendRawAsync(byte[] bytes)
    {
        try
        {
            await _socket.SendAsync(bytes).WaitAsync(Patience);
        }
        catch (SocketException)
        {
            // The server has ended the connection: seen when it is read.
        }
    }

    /// <summary>A message between nodes.</summary>
    public Task TellAsync(string recipient, IMessage message, string? sender = null) =>
        SendAsync(Wire.Message(recipient, PayloadOf(message), sender is null ? null : Address + sender));

    public static byte[] PayloadOf(IMessage message) =>
        MessageManifests.TryName(message.GetType(), out var manifest)
            ? Wire.Payload(MessageSerializer.Id, manifest, message.ToByteArray())
            : throw new ArgumentException($"{message.Descriptor.Name} is not sent");

    /// <summary>The next message of that kind.</summary>
    public async Task<(T Message, string Sender)> ReceiveAsync<T>()
        where T : class, IMessage
    {
        while (true)
        {
            var frame = await ReceiveFrameAsync() ?? throw new InvalidOperationException($"the server ended the connection before a {typeof(T).Name} came");
            if (TryRead<T>(frame) is { } received)
                return received;
        }
    }

    /// <summary>Waits until the server ends the connection.</summary>
    public async Task ReceiveEndAsync()
    {
        while (await ReceiveFrameAsync() is not null)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<byte[]?> ReceiveFrameAsync()
    {
        if (await ReceiveBytesAsync(4) is not { } length)
            return null;
        return await ReceiveBytesAsync(BinaryPrimitives.ReadInt32LittleEndian(length));
    }

    private async Task<byte[]?> ReceiveBytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            int got;
            try
            {
                got = await _socket.ReceiveAsync(bytes.AsMemory(read), SocketFlags.None).AsTask().WaitAsync(Patience);
            }
            catch (SocketException)
            {
                return null;
            }
            if (got == 0)
                return null;
            read += got;
        }
        return bytes;
    }

    private static (T Message, string Sender)? TryRead<T>(byte[] frame)
        where T : class, IMessage
    {
        var (envelope, payload, sender) = (Field(Field(frame, 1), 2), Field(Field(Field(frame, 1), 2), 2), Field(Field(Field(Field(frame, 1), 2), 4), 1));
        return envelope.Length > 0 && MessageManifests.TryFind(Encoding.UTF8.GetString(Field(payload, 3)), out var parser)
            && parser.ParseFrom(Field(payload, 1)) is T message
            ? (message, Encoding.UTF8.GetString(sender))
            : null;
    }

    private static byte[] Field(byte[] message, int number)
    {
        var fields = new FrameFields(message);
        while (fields.Next())
        {
            if (fields.Number == number)
                return fields.Content.ToArray();
        }
        return [];
    }

    private static void Assert(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }
}
