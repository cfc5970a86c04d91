using System.Buffers.Binary;

namespace Actors.Messages.Identity;

/// <summary>Who a replica is, to the server: 16 random bytes, drawn when the replica was made.</summary>
public readonly record struct NodeId(UInt128 Value) : IComparable<NodeId>
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NodeId id)
    {
        id = bytes.Length == Limits.NodeIdBytes ? new NodeId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == Limits.NodeIdBytes;
    }

    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public byte[] ToArray()
    {
        var bytes = new byte[Limits.NodeIdBytes];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(NodeId other) => Value.CompareTo(other.Value);

    public static bool operator <(NodeId left, NodeId right) => left.Value < right.Value;

    public static bool operator >(NodeId left, NodeId right) => left.Value > right.Value;

    public static bool operator <=(NodeId left, NodeId right) => left.Value <= right.Value;

    public static bool operator >=(NodeId left, NodeId right) => left.Value >= right.Value;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32");
}

/// <summary>A running process of a replica: see NodeIdentity in join.proto.</summary>
public readonly record struct NodeInstance(NodeId Id, ulong Incarnation, ulong Instance);

/// <summary>Names a push for ever: the node that pushed, and a counter from 1.</summary>
public readonly record struct PushId(NodeId Node, ulong Counter)
{
    public override string ToString() => $"{Node.ToString()[..8]}#{Counter}";
}
