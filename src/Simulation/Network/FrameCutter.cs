using System.Buffers.Binary;

namespace Actors.Simulation.Network;

/// <summary>Finds the frames in a stream, so that whole ones can be lost. A stream that is something else passes as it comes.</summary>
internal sealed class FrameCutter
{
    private const int HeaderBytes = 4;
    private const int FrameBytesMax = 1 << 20;
    // Field 1 of the protocol's outer message: a payload. Handshakes and heartbeats are field 2.
    private const byte PayloadTag = 0x0a;

    private byte[] _bytes = [];
    private int _start;
    private bool _isOpaque;

    public static bool CarriesMessage(ReadOnlySpan<byte> frame) => frame.Length > HeaderBytes && frame[HeaderBytes] == PayloadTag;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _bytes = [.. _bytes.AsSpan(_start), .. bytes];
        _start = 0;
    }

    /// <summary>The next whole frame.</summary>
    public bool TryTake(out byte[] frame)
    {
        frame = [];
        var rest = _bytes.AsSpan(_start);
        if (rest.Length < (_isOpaque ? 1 : HeaderBytes))
            return false;
        var length = _isOpaque ? 0 : BinaryPrimitives.ReadInt32LittleEndian(rest);
        _isOpaque |= length is < 0 or > FrameBytesMax;
        var size = _isOpaque ? rest.Length : HeaderBytes + length;
        if (rest.Length < size)
            return false;
        frame = rest[..size].ToArray();
        _start += size;
        return true;
    }
}
