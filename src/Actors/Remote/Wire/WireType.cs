namespace Actors.Remote;

/// <summary>How a protobuf field is laid out; groups, the two types left out, are refused.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
