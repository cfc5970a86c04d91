using System.Buffers.Binary;

namespace Actors.Remote;

/// <summary>
/// The layout of one outgoing message frame: every length is known before the first byte is written, so the payload is
/// serialized straight into the send buffer.
/// </summary>
internal readonly ref struct EnvelopeFrame
{
    private readonly ReadOnlySpan<byte> _recipient;
    private readonly ReadOnlySpan<byte> _sender;
    private readonly OutboundPayload _payload;
    private readonly long _seq;
    private readonly Acknowledgement? _acknowledgement;
    private readonly int _acknowledgementSize;
    private readonly int _payloadSize;
    private readonly int _envelopeSize;
    private readonly int _containerSize;

    /// <param name="recipient">The recipient's path.</param>
    /// <param name="sender">The sender's path; empty when there is none.</param>
    /// <param name="payload">The measured message.</param>
    /// <param name="seq">The number of a system message, or <see cref="Pdu.Unnumbered"/>.</param>
    /// <param name="acknowledgement">What rides along.</param>
    public EnvelopeFrame(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> sender, in OutboundPayload payload, long seq, Acknowledgement? acknowledgement)
    {
        _recipient = recipient;
        _sender = sender;
        _payload = payload;
        _seq = seq;
        _acknowledgement = acknowledgement;
        _acknowledgementSize = acknowledgement?.Size ?? 0;
        _payloadSize = payload.EncodedSize;
        _envelopeSize = WireWriter.MessageFieldSize(WireWriter.MessageFieldSize(recipient.Length))
            + WireWriter.MessageFieldSize(_payloadSize)
            + (sender.IsEmpty ? 0 : WireWriter.MessageFieldSize(WireWriter.MessageFieldSize(sender.Length)))
            + WireWriter.Fixed64FieldSize(seq);
        _containerSize = WireWriter.MessageFieldSize(_envelopeSize)
            + (acknowledgement == null ? 0 : WireWriter.MessageFieldSize(_acknowledgementSize));
        BodySize = WireWriter.MessageFieldSize(_containerSize);
    }

    /// <summary>The frame's length as its header states it.</summary>
    public int BodySize { get; }

    public int TotalSize => FrameBuffer.HeaderBytes + BodySize;

    /// <summary>Writes header and body into the first <see cref="TotalSize"/> bytes.</summary>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, BodySize);
        var writer = new WireWriter(destination.Slice(FrameBuffer.HeaderBytes, BodySize));
        writer.Open(1, _containerSize);
        if (_acknowledgement != null)
        {
            writer.Open(1, _acknowledgementSize);
            _acknowledgement.WriteTo(ref writer);
        }
        writer.Open(2, _envelopeSize);
        WriteRef(ref writer, 1, _recipient);
        writer.Open(2, _payloadSize);
        _payload.WriteTo(ref writer);
        if (!_sender.IsEmpty)
            WriteRef(ref writer, 4, _sender);
        writer.Fixed64(5, _seq);
    }

    /// <summary>A whole frame that carries nothing but an acknowledgement.</summary>
    public static byte[] AcknowledgementOnly(Acknowledgement acknowledgement)
    {
        var container = WireWriter.MessageFieldSize(acknowledgement.Size);
        var body = WireWriter.MessageFieldSize(container);
        var frame = new byte[FrameBuffer.HeaderBytes + body];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body);
        var writer = new WireWriter(frame.AsSpan(FrameBuffer.HeaderBytes));
        writer.Open(1, container);
        writer.Open(1, acknowledgement.Size);
        acknowledgement.WriteTo(ref writer);
        return frame;
    }

    private static void WriteRef(ref WireWriter writer, int field, ReadOnlySpan<byte> path)
    {
        writer.Open(field, WireWriter.MessageFieldSize(path.Length));
        writer.Message(1, path);
    }
}
