using System.Text;

namespace Actors.Tests.Remote;

public class PduTests
{
    [Fact]
    public void Every_captured_frame_decodes()
    {
        Assert.Equal(29, CapturedFrame.All.Count);
        foreach (var frame in CapturedFrame.All)
            Assert.NotEqual(PduKind.Malformed, Pdu.Decode(frame.Bytes).Kind);
    }

    [Fact]
    public void The_captured_associate_names_its_origin()
    {
        var pdu = Pdu.Decode(CapturedFrame.At("3.246").Bytes);

        Assert.Equal(ControlCommand.Associate, pdu.Command);
        Assert.Equal(new Handshake("Client", "127.0.0.1", 41267, "tcp", 195708943), pdu.Handshake);
    }

    [Fact]
    public void A_watch_without_a_sequence_number_is_system_message_number_zero()
    {
        var pdu = Pdu.Decode(CapturedFrame.At("3.496").Bytes);

        Assert.True(pdu.HasEnvelope);
        Assert.False(pdu.HasSender);
        Assert.Equal(0, pdu.Seq);
        Assert.Equal(22, pdu.Payload.SerializerId);
    }

    [Fact]
    public void An_ordinary_message_is_unnumbered()
    {
        var pdu = Pdu.Decode(CapturedFrame.At("3.448").Bytes);

        Assert.Equal(Pdu.Unnumbered, pdu.Seq);
        Assert.Equal("hi", Encoding.UTF8.GetString(pdu.Payload.Message));
        Assert.Equal("akka.tcp://Client@127.0.0.1:41267/temp/e", Encoding.UTF8.GetString(pdu.Sender));
    }

    [Fact]
    public void An_acknowledgement_of_number_zero_is_present_though_empty()
    {
        var pdu = Pdu.Decode(CapturedFrame.At("3.806").Bytes);

        Assert.False(pdu.HasEnvelope);
        Assert.Equal(0, pdu.Acknowledgement!.Cumulative);
        Assert.Equal(CapturedFrame.At("3.806").Bytes, EnvelopeFrame.AcknowledgementOnly(new Acknowledgement(0))[4..]);
    }

    [Fact]
    public void Control_frames_are_written_as_captured()
    {
        Assert.Equal(CapturedFrame.At("3.246").Bytes, ControlFrames.Associate(new Handshake("Client", "127.0.0.1", 41267, "tcp", 195708943))[4..]);
        Assert.Equal(CapturedFrame.At("7.228").Bytes, ControlFrames.Heartbeat[4..]);
        Assert.Equal(CapturedFrame.At("7.867").Bytes, ControlFrames.DisassociateShuttingDown[4..]);
    }

    [Fact]
    public void Every_captured_frame_is_written_again_with_the_same_bytes()
    {
        foreach (var frame in CapturedFrame.All)
            Assert.Equal(Convert.ToHexString(frame.Bytes), Convert.ToHexString(Rewrite(frame.Bytes)));
    }

    [Fact]
    public void Acknowledgements_with_gaps_survive_the_wire()
    {
        var frame = EnvelopeFrame.AcknowledgementOnly(new Acknowledgement(3, [1, 2]));

        var read = Pdu.Decode(frame.AsSpan(4)).Acknowledgement!;

        Assert.Equal(3, read.Cumulative);
        Assert.Equal([1, 2], read.Missing);
        Assert.Equal(-1, Pdu.Decode(EnvelopeFrame.AcknowledgementOnly(Acknowledgement.Nothing).AsSpan(4)).Acknowledgement!.Cumulative);
    }

    [Fact]
    public void A_captured_frame_cut_anywhere_is_refused_and_never_throws()
    {
        foreach (var frame in CapturedFrame.All)
        {
            for (var length = 0; length < frame.Bytes.Length; length++)
                Assert.Equal(PduKind.Malformed, Pdu.Decode(frame.Bytes.AsSpan(0, length)).Kind);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0a00")]
    [InlineData("1200")]
    [InlineData("12020806")]
    [InlineData("12020801")]
    [InlineData("0affffffff0f")]
    [InlineData("0a028001")]
    [InlineData("0b")]
    [InlineData("ffffffffffffffffffffffff")]
    public void Frames_that_are_none_are_malformed(string hex) =>
        Assert.Equal(PduKind.Malformed, Pdu.Decode(Convert.FromHexString(hex)).Kind);

    [Fact]
    public void Fields_of_later_versions_are_skipped()
    {
        byte[] unknown = [0x48, 0x05, 0x52, 0x01, 0x41, 0x5d, 1, 2, 3, 4, 0x61, 1, 2, 3, 4, 5, 6, 7, 8];

        var pdu = Pdu.Decode([.. CapturedFrame.At("7.228").Bytes, .. unknown]);

        Assert.Equal(ControlCommand.Heartbeat, pdu.Command);
        Assert.Equal(PduKind.Control, pdu.Kind);
    }

    [Fact]
    public void Random_and_damaged_frames_never_throw()
    {
        const int seed = 20261122;
        var random = new Draw(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = CapturedFrame.All[random.Next(CapturedFrame.All.Count)].Bytes.ToArray();
            if (i % 4 == 0)
                random.NextBytes(bytes);
            for (var changes = random.Next(1, 8); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Pdu.Decode(bytes);
        }
    }

    private static byte[] Rewrite(byte[] frame)
    {
        var pdu = Pdu.Decode(frame);
        if (pdu.Kind == PduKind.Control)
        {
            return pdu.Command switch
            {
                ControlCommand.Associate => ControlFrames.Associate(pdu.Handshake!)[4..],
                ControlCommand.Heartbeat => ControlFrames.Heartbeat[4..],
                ControlCommand.DisassociateShuttingDown => ControlFrames.DisassociateShuttingDown[4..],
                _ => [],
            };
        }
        if (!pdu.HasEnvelope)
            return EnvelopeFrame.AcknowledgementOnly(pdu.Acknowledgement!)[4..];
        var body = pdu.Payload.Message.ToArray();
        var payload = new OutboundPayload(pdu.Payload.SerializerId, pdu.Payload.Manifest.ToArray(), body.Length, body);
        var written = new EnvelopeFrame(pdu.Recipient, pdu.Sender, in payload, pdu.Seq, pdu.Acknowledgement);
        var bytes = new byte[written.TotalSize];
        written.WriteTo(bytes);
        return bytes[4..];
    }
}
