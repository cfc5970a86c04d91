using System.Text;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>Finds and replaces the message in a frame of the remote protocol.</summary>
internal static class FrameMessage
{
    // Payload of the frame, envelope, payload of the envelope, and in that the message and its manifest.
    private static readonly int[] MessagePath = [1, 2, 2, 1];
    private static readonly int[] ManifestPath = [1, 2, 2, 3];

    /// <summary>Whether the frame carries a message of that type.</summary>
    public static bool Is<T>(ByteString frame) where T : IMessage<T> =>
        Find(frame, ManifestPath) is { } manifest
        && manifest.ToStringUtf8().StartsWith($"Actors.Messages.{typeof(T).Name}, ", StringComparison.Ordinal);

    /// <summary>Null where the frame carries something else.</summary>
    public static T? Read<T>(ByteString frame, MessageParser<T> parser) where T : class, IMessage<T> =>
        Is<T>(frame) ? parser.ParseFrom(Find(frame, MessagePath) ?? ByteString.Empty) : null;

    /// <summary>Whether it carries a message of that type, to an actor or to a selection of actors, which wraps it once more.</summary>
    public static bool Carries<T>(ByteString frame) where T : IMessage<T> =>
        frame.Span.IndexOf(Encoding.UTF8.GetBytes($"Actors.Messages.{typeof(T).Name}, ")) >= 0;

    public static ByteString With(ByteString frame, IMessage message) =>
        ByteString.CopyFrom(Replace(frame.CreateCodedInput(), MessagePath, message.ToByteArray()));

    private static ByteString? Find(ByteString bytes, ReadOnlySpan<int> path)
    {
        var input = bytes.CreateCodedInput();
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) != path[0])
            {
                input.SkipLastField();
                continue;
            }
            var value = input.ReadBytes();
            return path.Length == 1 ? value : Find(value, path[1..]);
        }
        return null;
    }

    private static byte[] Replace(CodedInputStream input, ReadOnlySpan<int> path, byte[] value)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            output.WriteTag(tag);
            if (WireFormat.GetTagFieldNumber(tag) == path[0])
            {
                var found = input.ReadBytes();
                output.WriteBytes(ByteString.CopyFrom(path.Length == 1 ? value : Replace(found.CreateCodedInput(), path[1..], value)));
                continue;
            }
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    output.WriteUInt64(input.ReadUInt64());
                    break;
                case WireFormat.WireType.Fixed64:
                    output.WriteFixed64(input.ReadFixed64());
                    break;
                case WireFormat.WireType.Fixed32:
                    output.WriteFixed32(input.ReadFixed32());
                    break;
                default:
                    output.WriteBytes(input.ReadBytes());
                    break;
            }
        }
        output.Flush();
        return stream.ToArray();
    }
}
