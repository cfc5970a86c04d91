using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Sockets;

/// <summary>A bare TCP connection with blocking calls, for messages of one size, each written by itself.</summary>
internal sealed class SocketLink(Socket socket) : IDisposable
{
    private const int HelloBytes = 8;
    private readonly byte[] _acknowledgements = new byte[64 * 1024];

    /// <summary>Connects to a <see cref="SocketServer"/>, which sends one byte back after every so many messages; after 0, each message itself.</summary>
    public static SocketLink Connect(int port, int messageBytes, int acknowledgeEvery)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        Span<byte> hello = stackalloc byte[HelloBytes];
        BinaryPrimitives.WriteInt32LittleEndian(hello, messageBytes);
        BinaryPrimitives.WriteInt32LittleEndian(hello[4..], acknowledgeEvery);
        socket.Send(hello);
        return new SocketLink(socket);
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Sends a message and waits until it has come back whole.</summary>
    public void PingPong(byte[] message)
    {
        socket.Send(message);
        for (int received = 0; received < message.Length;)
            received += Receive(_acknowledgements.AsSpan(0, message.Length - received));
    }

    /// <summary>Sends messages, one write each, with no more than a window of them unacknowledged, and waits for the last acknowledgement.</summary>
    public void Stream(byte[] message, int count, int window, int acknowledgeEvery)
    {
        int outstanding = 0;
        for (int sent = 0; sent < count; sent++)
        {
            while (outstanding >= window)
                outstanding -= acknowledgeEvery * Receive(_acknowledgements);
            socket.Send(message);
            outstanding++;
        }
        while (outstanding >= acknowledgeEvery)
            outstanding -= acknowledgeEvery * Receive(_acknowledgements);
    }

    public bool TryReceiveHello(out int messageBytes, out int acknowledgeEvery)
    {
        Span<byte> hello = stackalloc byte[HelloBytes];
        int received = 0;
        while (received < HelloBytes && socket.Receive(hello[received..]) is > 0 and var count)
            received += count;
        messageBytes = BinaryPrimitives.ReadInt32LittleEndian(hello);
        acknowledgeEvery = BinaryPrimitives.ReadInt32LittleEndian(hello[4..]);
        return received == HelloBytes;
    }

    /// <summary>The server's side: reads until the connection ends, and echoes or acknowledges.</summary>
    public void Acknowledge(int messageBytes, int acknowledgeEvery)
    {
        byte[] buffer = new byte[256 * 1024];
        long pending = 0;
        long acknowledgedBytes = (long)messageBytes * acknowledgeEvery;
        try
        {
            while (socket.Receive(buffer) is > 0 and var received)
            {
                if (acknowledgeEvery == 0)
                {
                    socket.Send(buffer.AsSpan(0, received));
                    continue;
                }
                pending += received;
                int acknowledgements = (int)(pending / acknowledgedBytes);
                pending -= acknowledgements * acknowledgedBytes;
                if (acknowledgements > 0)
                    socket.Send(_acknowledgements.AsSpan(0, acknowledgements));
            }
        }
        catch (SocketException)
        {
            // The other end closed without reading everything: the measurement is over.
        }
    }

    private int Receive(Span<byte> buffer) =>
        socket.Receive(buffer) is > 0 and var count ? count : throw new BenchException("the bare socket was closed");
}
