using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Actors.Client.FileSystem;
using Google.Protobuf;

namespace Actors.Client.Commands;

/// <summary>
/// The address of a replica's control socket. The system takes about 100 bytes for one; a replica that lies deeper is
/// reached by a symbolic link, which is needed only while the address is looked up.
/// </summary>
internal sealed class ControlSocketPath : IDisposable
{
    private const int AddressBytesMax = 100;

    private readonly string? _link;

    public ControlSocketPath(string replica)
    {
        File = FileOf(replica);
        var address = File;
        if (Encoding.UTF8.GetByteCount(File) > AddressBytesMax)
        {
            _link = Directory.CreateTempSubdirectory("actors-").FullName;
            Directory.CreateSymbolicLink(Path.Combine(_link, "d"), Path.GetDirectoryName(File)!);
            address = Path.Combine(_link, "d", ReplicaLayout.ControlSocket);
        }
        EndPoint = new UnixDomainSocketEndPoint(address);
    }

    public static string FileOf(string replica) => Path.Combine(replica, ReplicaLayout.Own.ToString(), ReplicaLayout.ControlSocket);

    /// <summary>Where the socket lies.</summary>
    public string File { get; }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public void Dispose()
    {
        if (_link is null)
            return;
        System.IO.File.Delete(Path.Combine(_link, "d"));
        Directory.Delete(_link);
    }
}

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
