using System.Buffers.Binary;

namespace Actors.Remote;

/// <summary>
/// Walks the fields of one protobuf message without copying it. Input comes from strangers: nothing here throws,
/// <see cref="Failed"/> says that the bytes are no protobuf message, and after a failure every read is empty.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;
    private WireType _type;

    public bool Failed { get; private set; }

    public int Field { get; private set; }

    public readonly bool IsVarint => _type == WireType.Varint;

    /// <summary>Steps to the next field; false at the end of the message and after a failure.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || Failed)
            return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        _type = (WireType)(tag & 7);
        if (tag > uint.MaxValue || Field <= 0 || _type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
            Fail();
        return !Failed;
    }

    public ulong ReadVarint() => Expect(WireType.Varint) ? Varint() : 0;

    public long ReadFixed64()
    {
        if (!Expect(WireType.Fixed64) || _rest.Length < sizeof(long))
        {
            Fail();
            return 0;
        }
        var value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return value;
    }

    public ReadOnlySpan<byte> ReadBytes() => Expect(WireType.Bytes) ? LengthDelimited() : [];

    /// <summary>Skips a field that this reader does not know: newer peers may send more than we read.</summary>
    public void Skip()
    {
        switch (_type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Bytes:
                LengthDelimited();
                break;
            default:
                Drop(_type == WireType.Fixed64 ? sizeof(long) : sizeof(int));
                break;
        }
    }

    /// <summary>Appends the fixed64 values of a packed or a single field.</summary>
    public void ReadFixed64List(List<long> values)
    {
        if (_type == WireType.Fixed64)
        {
            values.Add(ReadFixed64());
            return;
        }
        var packed = ReadBytes();
        if (packed.Length % sizeof(long) != 0)
            Fail();
        for (; !Failed && !packed.IsEmpty; packed = packed[sizeof(long)..])
            values.Add(BinaryPrimitives.ReadInt64LittleEndian(packed));
    }

    private ReadOnlySpan<byte> LengthDelimited()
    {
        var length = Varint();
        if (Failed || length > (ulong)_rest.Length)
        {
            Fail();
            return [];
        }
        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            var b = _rest[i];
            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }
        Fail();
        return 0;
    }

    private void Drop(int count)
    {
        if (_rest.Length < count)
            Fail();
        else
            _rest = _rest[count..];
    }

    private bool Expect(WireType type)
    {
        if (_type != type)
            Fail();
        return !Failed;
    }

    private void Fail()
    {
        Failed = true;
        _rest = [];
    }
}
