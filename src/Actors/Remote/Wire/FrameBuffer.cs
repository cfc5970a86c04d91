using System.Buffers;
using System.Buffers.Binary;

namespace Actors.Remote;

/// <summary>
/// Cuts received bytes into frames, handing each out where it lies. The buffer grows with the bytes that have really
/// arrived, never with what a length prefix promises, up to the larger of one frame and <see cref="Comfortable"/>.
/// </summary>
internal sealed class FrameBuffer(int frameBytesMax) : IDisposable
{
    public const int HeaderBytes = sizeof(int);

    /// <summary>What one read may take in when a peer sends at full speed.</summary>
    public const int Comfortable = 256 * 1024;

    private const int Smallest = 4 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Smallest);
    private int _start;
    private int _end;
    private int _sparseReads;

    /// <summary>The longest frame taken, header not counted. Small until a peer has introduced itself.</summary>
    public int FrameBytesMax { get; set; } = frameBytesMax;

    /// <summary>Whether bytes wait that are not a whole frame: at the end of a stream, a frame was cut short.</summary>
    public bool HasPartialFrame => _end > _start;

    public int Capacity => _bytes.Length;

    /// <summary>Space for the next read; never empty as long as every whole frame is taken after every read.</summary>
    public Memory<byte> GetMemory()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_end == _bytes.Length)
            MakeRoom();
        return _bytes.AsMemory(_end);
    }

    public void Advance(int count)
    {
        _end += count;
        if (_end == _bytes.Length && _start == 0 && _bytes.Length < Comfortable)
            Resize(_bytes.Length * 2);
        else if (_bytes.Length > Smallest)
            ShrinkWhenSparse(count);
    }

    /// <summary>Takes the next frame. It is valid until the next call of <see cref="GetMemory"/>.</summary>
    public FrameReadResult TryRead(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        var available = _bytes.AsSpan(_start, _end - _start);
        if (available.Length < HeaderBytes)
            return FrameReadResult.Incomplete;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(available);
        if (length > (uint)FrameBytesMax)
            return FrameReadResult.TooLong;
        if (available.Length - HeaderBytes < (int)length)
            return FrameReadResult.Incomplete;
        frame = available.Slice(HeaderBytes, (int)length);
        _start += HeaderBytes + (int)length;
        return FrameReadResult.Frame;
    }

    /// <summary>Forgets all that was received.</summary>
    public void Discard() => _start = _end = 0;

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _start = _end = 0;
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        else
        {
            Resize(Math.Max(_bytes.Length * 2, Smallest));
        }
    }

    /// <summary>Gives memory back when a connection that was busy once only trickles now.</summary>
    private void ShrinkWhenSparse(int count)
    {
        _sparseReads = count < Smallest / 2 && HasRoomInSmallest ? _sparseReads + 1 : 0;
        if (_sparseReads < 64)
            return;
        _sparseReads = 0;
        Resize(Smallest);
    }

    private bool HasRoomInSmallest => _end - _start < Smallest / 2;

    private void Resize(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Buffer.BlockCopy(_bytes, _start, larger, 0, _end - _start);
        _end -= _start;
        _start = 0;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
