using System.Buffers.Binary;
using Google.Protobuf;

namespace Actors.Client.Commands;

/// <summary>Messages on a control socket: 4 bytes of length, big-endian, and the message.</summary>
internal static class ControlFrames
{
    private const int BytesMax = 4 * 1024 * 1024;

    public static async Task WriteAsync(Stream stream, IMessage message, CancellationToken cancel)
    {
        var frame = new byte[4 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - 4);
        message.WriteTo(frame.AsSpan(4));
        await stream.WriteAsync(frame, cancel);
    }

    /// <summary>Null where the stream ended before a message began.</summary>
    /// <exception cref="IOException">The stream ended inside a message, or holds none.</exception>
    public static async Task<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        var head = new byte[4];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        if (read == 0)
            return null;
        var length = read == head.Length ? BinaryPrimitives.ReadInt32BigEndian(head) : -1;
        if (length is < 0 or > BytesMax)
            throw new IOException("the control socket holds no message");
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancel);
        try
        {
            return parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new IOException("the control socket holds no message", e);
        }
    }
}
