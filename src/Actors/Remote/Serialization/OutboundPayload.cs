using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace Actors.Remote;

/// <summary>
/// A message measured for the wire and not yet serialized. <paramref name="source"/> is what writes itself: a protobuf
/// message, bytes, a string, an int, a long, a selection, or null for an empty body.
/// </summary>
internal readonly struct OutboundPayload(int serializerId, byte[] manifest, int size, object? source)
{
    /// <summary>The size of the serialized message alone.</summary>
    public int Size => size;

    /// <summary>The size of the encoded Payload message, its own tag and length not counted.</summary>
    public int EncodedSize => WireWriter.BytesFieldSize(size) + WireWriter.VarintFieldSize((ulong)serializerId) + WireWriter.BytesFieldSize(manifest.Length);

    public void WriteTo(ref WireWriter writer)
    {
        if (size > 0)
        {
            writer.Open(1, size);
            WriteBody(writer.Rest[..size]);
            writer.Advance(size);
        }
        writer.Varint(2, (ulong)serializerId);
        writer.Bytes(3, manifest);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[EncodedSize];
        var writer = new WireWriter(bytes);
        WriteTo(ref writer);
        return bytes;
    }

    private void WriteBody(Span<byte> destination)
    {
        switch (source)
        {
            case IMessage message:
                message.WriteTo(destination);
                break;
            case byte[] bytes:
                bytes.CopyTo(destination);
                break;
            case string text:
                Encoding.UTF8.GetBytes(text, destination);
                break;
            case int number:
                BinaryPrimitives.WriteInt32LittleEndian(destination, number);
                break;
            case long number:
                BinaryPrimitives.WriteInt64LittleEndian(destination, number);
                break;
            case SelectionBody selection:
                selection.WriteTo(destination);
                break;
        }
    }
}
