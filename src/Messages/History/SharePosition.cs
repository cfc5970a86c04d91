using System.Buffers.Binary;
using Actors.Messages.Content;

namespace Actors.Messages.History;

/// <summary>A place in a share's history: after commit <paramref name="Cursor"/>, where the hash chain stood so.</summary>
public readonly record struct SharePosition(EpochId Epoch, ulong Cursor, ContentHash ChainHash);

/// <summary>One unbroken history of a share: 16 random bytes, drawn when the server began it. The default value is no epoch.</summary>
public readonly record struct EpochId(UInt128 Value) : IComparable<EpochId>
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EpochId id)
    {
        id = bytes.Length == Limits.EpochIdBytes ? new EpochId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == Limits.EpochIdBytes;
    }

    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public byte[] ToArray()
    {
        var bytes = new byte[Limits.EpochIdBytes];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(EpochId other) => Value.CompareTo(other.Value);

    public static bool operator <(EpochId left, EpochId right) => left.Value < right.Value;

    public static bool operator >(EpochId left, EpochId right) => left.Value > right.Value;

    public static bool operator <=(EpochId left, EpochId right) => left.Value <= right.Value;

    public static bool operator >=(EpochId left, EpochId right) => left.Value >= right.Value;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32");
}
