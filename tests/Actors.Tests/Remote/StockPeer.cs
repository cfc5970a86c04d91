using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Actors.Tests.Remote;

/// <summary>
/// The other side of a connection, frame by frame over a real socket: does what a stock node does, or what no node
/// should. It decodes with the production reader and writes frames of its own. It waits for nothing without a limit,
/// heartbeats or not.
/// </summary>
internal sealed class StockPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket? _socket;

    public StockPeer(long uid = 4711, string system = "Stock", int receiveBufferBytes = 0)
    {
        if (receiveBufferBytes > 0)
            _listener.Server.ReceiveBufferSize = receiveBufferBytes;
        Uid = uid;
        System = system;
        _listener.Start();
    }

    public long Uid { get; set; }

    public string System { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"akka.tcp://{System}@127.0.0.1:{Port}";

    public async Task Dial(ActorSystem system)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await _socket.ConnectAsync(IPAddress.Loopback, RemoteSystems.AddressOf(system).Port!.Value);
    }

    /// <summary>Waits for the system to dial this peer.</summary>
    public async Task Accept() => _socket = await _listener.AcceptSocketAsync().WaitAsync(RemoteSystems.Limit);

    /// <summary>Dials and introduces itself; returns the answer.</summary>
    public async Task<Handshake> Associate(ActorSystem system)
    {
        await Dial(system);
        await SendAssociate();
        return (await ReceiveControl(ControlCommand.Associate))!;
    }

    /// <summary>Is dialled, and answers.</summary>
    public async Task<Handshake> AcceptAssociation()
    {
        await Accept();
        var handshake = await ReceiveControl(ControlCommand.Associate);
        await SendAssociate();
        return handshake!;
    }

    public Task SendAssociate() => SendRaw(ControlFrames.Associate(new Handshake(System, "127.0.0.1", Port, "tcp", Uid)));

    public Task SendRaw(byte[] bytes) => _socket!.SendAsync(bytes);

    /// <summary>Sends a body with a length in front.</summary>
    public Task SendFrame(byte[] body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return SendRaw(frame);
    }

    public Task SendEnvelope(string recipient, int serializerId, string manifest, byte[] message, string sender = "", long seq = Pdu.Unnumbered, Acknowledgement? acknowledgement = null)
    {
        var payload = new OutboundPayload(serializerId, Encoding.UTF8.GetBytes(manifest), message.Length, message);
        var frame = new EnvelopeFrame(Encoding.UTF8.GetBytes(recipient), Encoding.UTF8.GetBytes(sender), in payload, seq, acknowledgement);
        var bytes = new byte[frame.TotalSize];
        frame.WriteTo(bytes);
        return SendRaw(bytes);
    }

    public Task SendString(string recipient, string text, string sender = "") =>
        SendEnvelope(recipient, 17, "System.String, System.Private.CoreLib", Encoding.UTF8.GetBytes(text), sender);

    /// <summary>Sends a Watch as the peer's remote watcher, of the actor at a path.</summary>
    public Task SendWatch(string watchee, long seq)
    {
        byte[] Ref(int field, string path)
        {
            var utf8 = Encoding.UTF8.GetBytes(path);
            return [(byte)(field << 3 | 2), (byte)(utf8.Length + 2), 0x0a, (byte)utf8.Length, .. utf8];
        }
        return SendEnvelope(watchee, 22, "Akka.Dispatch.SysMsg.Watch, Akka", [.. Ref(1, watchee), .. Ref(2, Address + "/system/remote-watcher#7")], seq: seq);
    }

    /// <summary>The next frame; null at the end of the stream.</summary>
    public async Task<byte[]?> Receive()
    {
        if (await ReadExactly(4) is not { } header)
            return null;
        return await ReadExactly(BinaryPrimitives.ReadInt32LittleEndian(header));
    }

    /// <summary>The handshake, if any, of the next control frame of a kind; payloads and heartbeats before it are skipped.</summary>
    public Task<Handshake?> ReceiveControl(ControlCommand command) => NextControl(command).WaitAsync(RemoteSystems.Limit);

    /// <summary>The next message frame that fits; everything else is skipped.</summary>
    public Task<ReceivedEnvelope> ReceiveEnvelope(Func<ReceivedEnvelope, bool>? isMeant = null) => NextEnvelope(isMeant).WaitAsync(RemoteSystems.Limit);

    /// <summary>The acknowledgement of the next frame that has one.</summary>
    public Task<Acknowledgement> ReceiveAcknowledgement() => NextAcknowledgement().WaitAsync(RemoteSystems.Limit);

    /// <summary>Reads whatever comes until the other side closes or resets.</summary>
    public Task ReceiveEnd() => End().WaitAsync(RemoteSystems.Limit);

    public void Close() => _socket?.Dispose();

    public void Dispose()
    {
        Close();
        _listener.Dispose();
    }

    private async Task<Handshake?> NextControl(ControlCommand command)
    {
        while (await Receive() is { } frame)
        {
            if (CommandOf(frame, out var handshake) == command)
                return handshake;
        }
        throw new EndOfStreamException($"The connection ended before {command}");
    }

    private async Task<ReceivedEnvelope> NextEnvelope(Func<ReceivedEnvelope, bool>? isMeant)
    {
        while (await Receive() is { } frame)
        {
            if (ReceivedEnvelope.Parse(frame) is { } envelope && (isMeant == null || isMeant(envelope)))
                return envelope;
        }
        throw new EndOfStreamException("The connection ended before the message");
    }

    private async Task<Acknowledgement> NextAcknowledgement()
    {
        while (await Receive() is { } frame)
        {
            if (Pdu.Decode(frame).Acknowledgement is { } acknowledgement)
                return acknowledgement;
        }
        throw new EndOfStreamException("The connection ended before an acknowledgement");
    }

    private async Task End()
    {
        while (await Receive() != null) { }
    }

    private static ControlCommand CommandOf(byte[] frame, out Handshake? handshake)
    {
        var pdu = Pdu.Decode(frame);
        handshake = pdu.Handshake;
        return pdu.Kind == PduKind.Control ? pdu.Command : ControlCommand.None;
    }

    private async Task<byte[]?> ReadExactly(int count)
    {
        var bytes = new byte[count];
        using var limit = new CancellationTokenSource(RemoteSystems.Limit);
        for (var read = 0; read < count;)
        {
            int got;
            try
            {
                got = await _socket!.ReceiveAsync(bytes.AsMemory(read), limit.Token);
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
}
