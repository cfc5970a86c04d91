using System.Buffers.Binary;

namespace Actors.NodeShell;

/// <summary>
/// Reads the fields of a protobuf message in place. Stricter than protobuf: what two readers could understand differently
/// (a field that comes twice, a group, a length beyond the end) is an error, and then <see cref="IsBroken"/>.
/// </summary>
internal ref struct FrameFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;
    private const int VarintBytesMax = 10;

    private ReadOnlySpan<byte> _rest = message;
    private ulong _seen;

    public bool IsBroken { get; private set; }

    public int Number { get; private set; }

    /// <summary>Of a number; 0 for bytes.</summary>
    public ulong Value { get; private set; }

    /// <summary>Of a text, bytes or a message; empty for numbers.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <param name="repeated">The field that may come more than once; 0: none.</param>
    /// <returns>False at the end, and where the message is broken.</returns>
    public bool Next(int repeated = 0)
    {
        if (IsBroken || _rest.IsEmpty)
            return false;
        if (!TryVarint(out var tag) || tag >> 3 is 0 or > 63)
            return Break();
        Number = (int)(tag >> 3);
        if (Number != repeated && (_seen & (1UL << Number)) != 0)
            return Break();
        _seen |= 1UL << Number;
        Value = 0;
        Content = default;
        return (int)(tag & 7) switch
        {
            Varint => TryVarint(out var value) ? Take(value) : Break(),
            Fixed64 => _rest.Length >= 8 ? Take(BinaryPrimitives.ReadUInt64LittleEndian(_rest), 8) : Break(),
            Fixed32 => _rest.Length >= 4 ? Take(BinaryPrimitives.ReadUInt32LittleEndian(_rest), 4) : Break(),
            Bytes => TryVarint(out var length) && length <= (ulong)_rest.Length ? TakeContent((int)length) : Break(),
            _ => Break(),
        };
    }

    private bool Take(ulong value, int bytes = 0)
    {
        Value = value;
        _rest = _rest[bytes..];
        return true;
    }

    private bool TakeContent(int length)
    {
        Content = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var index = 0; index < VarintBytesMax && index < _rest.Length; index++)
        {
            value |= (ulong)(_rest[index] & 0x7f) << (7 * index);
            if (_rest[index] >= 0x80)
                continue;
            _rest = _rest[(index + 1)..];
            return true;
        }
        return false;
    }
}
