using Actors.Lab.Plants;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Tests.Plants;

public sealed class FrameMessageTests
{
    [Fact]
    public void A_message_is_found_in_its_frame_and_replaced()
    {
        var frame = FrameOf(new Invalidate { Session = 3, Head = 9 });
        Assert.Equal(9UL, Assert.IsType<Invalidate>(FrameMessage.Read(frame)).Head);
        var replaced = FrameMessage.With(frame, new Invalidate { Session = 3, Head = 1_000_000 });
        Assert.Equal(1_000_000UL, Assert.IsType<Invalidate>(FrameMessage.Read(replaced)).Head);
        // Everything else is as it was.
        Assert.Equal(frame, FrameMessage.With(replaced, new Invalidate { Session = 3, Head = 9 }));
    }

    [Fact]
    public void A_message_to_a_selection_is_found_where_any_is_looked_for()
    {
        var frame = ByteString.CopyFrom(FrameAround(Concat(Field(1, Field(1, PayloadOf(new Join { Share = "main" }))), Number(2, 6))));
        Assert.Null(FrameMessage.Read(frame));
        Assert.IsType<Join>(FrameMessage.ReadAny(frame));
    }

    [Fact]
    public void A_frame_without_a_message_is_left_alone() => Assert.Null(FrameMessage.Read(ByteString.CopyFrom(0x12, 2, 8, 3)));

    /// <summary>As the remote protocol writes it: payload of the frame, acknowledgement and envelope, payload of the envelope.</summary>
    private static ByteString FrameOf(IMessage message) => ByteString.CopyFrom(FrameAround(PayloadOf(message)));

    private static byte[] PayloadOf(IMessage message)
    {
        Assert.True(MessageManifests.TryName(message.GetType(), out var manifest));
        return Concat(Field(1, message.ToByteArray()), Number(2, MessageSerializer.Id), Field(3, System.Text.Encoding.UTF8.GetBytes(manifest)));
    }

    private static byte[] FrameAround(byte[] payload)
    {
        var envelope = Concat(Field(1, Field(1, "akka.tcp://Client@127.0.0.1:1/user"u8.ToArray())), Field(2, payload), Fixed(5, ulong.MaxValue));
        return Field(1, Concat(Field(1, Fixed(1, 7)), Field(2, envelope)));
    }

    private static byte[] Field(int field, byte[] value) => Write(output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    });

    private static byte[] Number(int field, uint value) => Write(output =>
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteUInt32(value);
    });

    private static byte[] Fixed(int field, ulong value) => Write(output =>
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64(value);
    });

    private static byte[] Write(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        write(output);
        output.Flush();
        return stream.ToArray();
    }

    private static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
