using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Plants;

/// <summary>Finds and replaces the message between nodes in a frame of Akka.NET's remoting.</summary>
internal static class FrameMessage
{
    // Payload of the frame, envelope, payload of the envelope, and in that the message and its manifest. A selection of
    // actors, which has no manifest, wraps both once more.
    private static readonly int[] MessagePath = [1, 2, 2, 1];
    private static readonly int[] ManifestPath = [1, 2, 2, 3];
    private static readonly int[] SelectedMessagePath = [1, 2, 2, 1, 1, 1];
    private static readonly int[] SelectedManifestPath = [1, 2, 2, 1, 1, 3];

    /// <summary>The message to an actor. Null where the frame carries something else.</summary>
    public static IMessage? Read(ByteString frame) =>
        Find(frame, ManifestPath) is { } manifest && MessageManifests.TryFind(manifest.ToStringUtf8(), out var parser)
            ? parser.ParseFrom(Find(frame, MessagePath) ?? ByteString.Empty)
            : null;

    /// <summary>The message to an actor or to a selection of actors.</summary>
    public static IMessage? ReadAny(ByteString frame) =>
        Find(frame, ManifestPath) is { IsEmpty: false } ? Read(frame)
        : Find(frame, SelectedManifestPath) is { } manifest && MessageManifests.TryFind(manifest.ToStringUtf8(), out var parser)
            ? parser.ParseFrom(Find(frame, SelectedMessagePath) ?? ByteString.Empty)
            : null;

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
