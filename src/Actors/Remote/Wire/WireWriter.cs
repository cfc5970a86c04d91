using System.Buffers.Binary;
using System.Numerics;

namespace Actors.Remote;

/// <summary>
/// Writes protobuf fields into a span whose size was computed before. Like proto3 it leaves out zeros and empty
/// strings; what must be present and empty is written by its length-delimited form.
/// </summary>
internal ref struct WireWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Written { get; private set; }

    public readonly Span<byte> Rest => _destination[Written..];

    public void Advance(int count) => Written += count;

    public void Tag(int field, WireType type) => RawVarint((ulong)(uint)((field << 3) | (int)type));

    public void Varint(int field, ulong value)
    {
        if (value == 0)
            return;
        Tag(field, WireType.Varint);
        RawVarint(value);
    }

    public void Fixed64(int field, long value)
    {
        if (value == 0)
            return;
        Tag(field, WireType.Fixed64);
        RawFixed64(value);
    }

    /// <summary>A string or bytes field; nothing when empty.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
            Message(field, value);
    }

    /// <summary>An embedded message or bytes field, present even when empty.</summary>
    public void Message(int field, ReadOnlySpan<byte> value)
    {
        Open(field, value.Length);
        value.CopyTo(Rest);
        Written += value.Length;
    }

    /// <summary>Writes the tag and length of an embedded message; its <paramref name="length"/> bytes follow.</summary>
    public void Open(int field, int length)
    {
        Tag(field, WireType.Bytes);
        RawVarint((uint)length);
    }

    public void RawFixed64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Rest, value);
        Written += sizeof(long);
    }

    public void RawVarint(ulong value)
    {
        var rest = Rest;
        var i = 0;
        for (; value >= 0x80; value >>= 7)
            rest[i++] = (byte)(value | 0x80);
        rest[i++] = (byte)value;
        Written += i;
    }

    public static int VarintSize(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    public static int VarintFieldSize(ulong value) => value == 0 ? 0 : 1 + VarintSize(value);

    public static int Fixed64FieldSize(long value) => value == 0 ? 0 : 1 + sizeof(long);

    /// <summary>The size of a string or bytes field that is left out when empty; field numbers stay below 16 here.</summary>
    public static int BytesFieldSize(int length) => length == 0 ? 0 : MessageFieldSize(length);

    public static int MessageFieldSize(int length) => 1 + VarintSize((uint)length) + length;
}
