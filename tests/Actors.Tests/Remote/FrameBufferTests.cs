using System.Buffers.Binary;

namespace Actors.Tests.Remote;

public class FrameBufferTests
{
    [Fact]
    public void Frames_cut_at_every_byte_come_out_whole_and_in_order()
    {
        var stream = Stream([1, 2, 3], [], [4], new byte[300]);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            using var buffer = new FrameBuffer(1000);
            List<byte[]> frames = [.. Feed(buffer, stream.AsSpan(0, cut)), .. Feed(buffer, stream.AsSpan(cut))];
            Assert.Equal(["010203", "", "04", new string('0', 600)], frames.Select(Convert.ToHexString));
            Assert.False(buffer.HasPartialFrame);
        }
    }

    [Theory]
    [InlineData(1000, FrameReadResult.Incomplete)]
    [InlineData(1001, FrameReadResult.TooLong)]
    [InlineData(int.MinValue, FrameReadResult.TooLong)]
    [InlineData(-1, FrameReadResult.TooLong)]
    [InlineData(int.MaxValue, FrameReadResult.TooLong)]
    public void A_length_is_believed_up_to_the_limit_only(int length, object expected)
    {
        using var buffer = new FrameBuffer(1000);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetMemory().Span, length);
        buffer.Advance(4);

        Assert.Equal((FrameReadResult)expected, buffer.TryRead(out _));
    }

    [Fact]
    public void A_promised_frame_takes_no_memory_before_its_bytes_arrive()
    {
        using var buffer = new FrameBuffer(100_000_000);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetMemory().Span, 100_000_000);
        buffer.Advance(4);

        Assert.Equal(FrameReadResult.Incomplete, buffer.TryRead(out _));
        Assert.True(buffer.GetMemory().Length + 4 <= buffer.Capacity && buffer.Capacity <= 16 * 1024);
    }

    [Fact]
    public void A_frame_longer_than_the_comfortable_buffer_passes()
    {
        using var buffer = new FrameBuffer(1_000_000);
        var frame = new byte[900_000];
        frame[^1] = 7;

        var read = Assert.Single(Feed(buffer, Stream(frame)));

        Assert.Equal(frame, read);
    }

    [Fact]
    public void A_buffer_that_was_busy_gives_memory_back()
    {
        using var buffer = new FrameBuffer(1_000_000);
        Feed(buffer, Stream(new byte[500_000]));
        var busy = buffer.Capacity;
        for (var i = 0; i < 100; i++)
            Feed(buffer, Stream([1]));

        Assert.True(busy >= 500_000 && buffer.Capacity <= 16 * 1024, $"{busy} then {buffer.Capacity}");
    }

    private static byte[] Stream(params byte[][] frames)
    {
        var stream = new List<byte>();
        foreach (var frame in frames)
        {
            var header = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(header, frame.Length);
            stream.AddRange(header);
            stream.AddRange(frame);
        }
        return [.. stream];
    }

    private static List<byte[]> Feed(FrameBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        var frames = new List<byte[]>();
        while (!bytes.IsEmpty)
        {
            var memory = buffer.GetMemory().Span;
            var count = Math.Min(memory.Length, bytes.Length);
            bytes[..count].CopyTo(memory);
            bytes = bytes[count..];
            buffer.Advance(count);
            while (buffer.TryRead(out var frame) == FrameReadResult.Frame)
                frames.Add(frame.ToArray());
        }
        return frames;
    }
}
