using System.Collections;

namespace Actors.Lab.World.Disks;

/// <summary>
/// The bytes of a file twice: as every process sees them, and as they are on the platter. In between are dirty sectors,
/// each of which reaches the platter by itself, or not.
/// </summary>
internal sealed class FileBytes
{
    public const int SectorBytes = 512;

    private readonly SectorSet _dirty = new();
    private readonly List<int> _lengthsSinceSync = [];
    private byte[] _seen = [];
    private byte[] _durable = [];
    private int _durableLength;
    private object? _derived;

    public int Length { get; private set; }

    public bool IsDurable => _dirty.Count == 0 && Length == _durableLength;

    public ReadOnlySpan<byte> Seen => _seen.AsSpan(0, Length);

    public ReadOnlySpan<byte> Durable => _durable.AsSpan(0, _durableLength);

    /// <summary>What is computed of the bytes that are seen, once for as long as they stay: always the same kind of thing.</summary>
    public T Derive<T>(Func<byte[], int, T> compute)
        where T : struct => (T)(_derived ??= compute(_seen, Length));

    public int Read(long offset, Span<byte> buffer)
    {
        var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        _seen.AsSpan((int)Math.Min(offset, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(int offset, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            return;
        var end = offset + content.Length;
        if (end > Length)
            SetLength(end);
        content.CopyTo(_seen.AsSpan(offset));
        _derived = null;
        MarkDirty(offset, end);
    }

    public void SetLength(int length)
    {
        if (length == Length)
            return;
        if (length > _seen.Length)
            Array.Resize(ref _seen, Math.Max(length, Math.Min(2 * _seen.Length, 1 << 30)));
        if (length < Length)
            _seen.AsSpan(length, Length - length).Clear();
        // The zeros between the old and the new end are bytes to be written as well.
        MarkDirty(Math.Min(length, Length), Math.Max(length, Length));
        Length = length;
        _derived = null;
        _lengthsSinceSync.Add(length);
    }

    public void Sync()
    {
        if (_durable.Length < Length)
            Array.Resize(ref _durable, _seen.Length);
        if (_durableLength > Length)
            _durable.AsSpan(Length, _durableLength - Length).Clear();
        foreach (var sector in _dirty)
            CopySector(sector, _seen, Length, _durable);
        _durableLength = Length;
        _dirty.Clear();
        _lengthsSinceSync.Clear();
    }

    /// <summary>
    /// Power is lost: any of the lengths since the last sync is the file's, and each dirty sector is old or new. What
    /// is left is what is seen from now on.
    /// </summary>
    /// <returns>Whether something was lost.</returns>
    public bool LosePower(SeededRandomSource random)
    {
        if (IsDurable)
            return false;
        var choice = random.Next(_lengthsSinceSync.Count + 1);
        var length = choice == 0 ? _durableLength : _lengthsSinceSync[choice - 1];
        var left = new byte[length];
        Durable[..Math.Min(length, _durableLength)].CopyTo(left);
        foreach (var sector in _dirty)
        {
            if (random.Next(2) == 0)
                CopySector(sector, _seen, Math.Min(length, Length), left);
        }
        var isLoss = !left.AsSpan().SequenceEqual(Seen);
        (_seen, _derived) = (left, null);
        Length = length;
        Sync();
        _durable = left.ToArray();
        return isLoss;
    }

    private static void CopySector(int sector, byte[] from, int length, byte[] to)
    {
        var start = sector * SectorBytes;
        if (start < length)
            from.AsSpan(start, Math.Min(SectorBytes, length - start)).CopyTo(to.AsSpan(start));
    }

    private void MarkDirty(int start, int end)
    {
        for (var sector = start / SectorBytes; sector * SectorBytes < end; sector++)
            _dirty.Add(sector);
    }
}

/// <summary>Numbers of sectors of one file, in ascending order.</summary>
internal sealed class SectorSet : IEnumerable<int>
{
    private bool[] _has = [];
    private int _end;

    public int Count { get; private set; }

    public void Add(int sector)
    {
        if (sector >= _has.Length)
            Array.Resize(ref _has, Math.Max(sector + 1, 2 * _has.Length));
        if (_has[sector])
            return;
        _has[sector] = true;
        _end = Math.Max(_end, sector + 1);
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_has, 0, _end);
        (_end, Count) = (0, 0);
    }

    public IEnumerator<int> GetEnumerator()
    {
        for (var sector = 0; sector < _end; sector++)
        {
            if (_has[sector])
                yield return sector;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
