using System.Buffers.Binary;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Storage;

/// <summary>
/// A file on a simulated disk that holds one number, the newest of many, with the fate of a database with a write-ahead
/// log: what an append has returned from survives a loss of power, and one that was cut short never was. The first sector, which is
/// written whole or not at all, names the number at a checkpoint; records of the same generation follow it.
/// </summary>
internal sealed class TokenJournal : IDisposable
{
    private const int RecordsAt = 512;

    // A record, the first sector's too: magic, bytes of the whole, generation, token; at its end a check over these and its place.
    private const ulong Magic = 0x4163544a6f75726e;
    private const int HeadBytes = 32;
    private const int CheckBytes = 8;
    private const int SmallestBytes = HeadBytes + CheckBytes;

    private readonly Descriptor _file;
    private ulong _generation;
    private long _end = RecordsAt;

    private TokenJournal(Descriptor file) => _file = file;

    /// <summary>From here on the next append starts over, after a checkpoint.</summary>
    public const int CheckpointAfterBytes = 64 * 1024;

    /// <summary>The number of the file, wherever it lies.</summary>
    public ulong Inode => _file.Number;

    /// <summary>0 in a new file.</summary>
    public ulong Token { get; private set; }

    /// <exception cref="DiskException">The file cannot be opened; busy where another process has it; invalid where it is something else.</exception>
    public static TokenJournal Open(DiskProcess process, DiskPath path)
    {
        var journal = new TokenJournal(process.Open(path, OpenModes.ReadWrite | OpenModes.Create));
        try
        {
            if (!journal._file.TryLock())
                throw new DiskException(DiskError.Busy, "open", path.ToString());
            if (!journal.Recover(path))
                journal.Start(process, path);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Makes the token durable, with this many bytes beside it.</summary>
    /// <exception cref="DiskException">The token may be there or not; the next append replaces it.</exception>
    public void Append(ulong token, int bytes)
    {
        if (_end > RecordsAt + CheckpointAfterBytes)
            Checkpoint();
        var record = Encode(token, _generation, _end, SmallestBytes + bytes);
        Write(_end, record);
        _file.Sync();
        _end += record.Length;
        Token = token;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>False where nothing was ever written whole.</summary>
    private bool Recover(DiskPath path)
    {
        var bytes = new byte[_file.Stat().Size];
        _file.Read(0, bytes);
        var found = TryDecode(bytes, 0, out _generation, out var start, out _);
        Token = start;
        if (!found && bytes.AsSpan(0, Math.Min(bytes.Length, RecordsAt)).ContainsAnyExcept((byte)0))
            throw new DiskException(DiskError.Invalid, "open", path.ToString());
        while (found && TryDecode(bytes, _end, out var generation, out var token, out var length) && generation == _generation)
        {
            Token = token;
            _end += length;
        }
        return found;
    }

    private void Start(DiskProcess process, DiskPath path)
    {
        _file.SetLength(RecordsAt);
        WriteStart(1);
        process.SyncDirectory(path.Parent);
    }

    // Nothing is appended before the new start is on the platter: records of the old generation would be lost with it.
    private void Checkpoint()
    {
        WriteStart(_generation + 1);
        _end = RecordsAt;
        _file.SetLength(RecordsAt);
    }

    private void WriteStart(ulong generation)
    {
        Write(0, Encode(Token, generation, 0, SmallestBytes));
        _file.Sync();
        _generation = generation;
    }

    private void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
            done += _file.Write(offset + done, bytes[done..]);
    }

    private static byte[] Encode(ulong token, ulong generation, long at, int length)
    {
        var record = new byte[length];
        BinaryPrimitives.WriteUInt64LittleEndian(record, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), length);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(16), generation);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(24), token);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(length - CheckBytes), Check(record, at));
        return record;
    }

    private static bool TryDecode(ReadOnlySpan<byte> file, long at, out ulong generation, out ulong token, out long length)
    {
        (generation, token, length) = (0, 0, 0);
        if (at + SmallestBytes > file.Length)
            return false;
        var record = file[(int)at..];
        length = BinaryPrimitives.ReadInt64LittleEndian(record[8..]);
        generation = BinaryPrimitives.ReadUInt64LittleEndian(record[16..]);
        token = BinaryPrimitives.ReadUInt64LittleEndian(record[24..]);
        return BinaryPrimitives.ReadUInt64LittleEndian(record) == Magic
            && length >= SmallestBytes
            && length <= record.Length
            && BinaryPrimitives.ReadUInt64LittleEndian(record[((int)length - CheckBytes)..]) == Check(record, at);
    }

    /// <summary>FNV-1a over the head and the record's place.</summary>
    private static ulong Check(ReadOnlySpan<byte> record, long at)
    {
        const ulong prime = 0x100000001b3;
        var check = unchecked((0xcbf29ce484222325 ^ (ulong)at) * prime);
        foreach (var value in record[..HeadBytes])
            check = unchecked((check ^ value) * prime);
        return check;
    }
}
