namespace Actors.Remote;

/// <summary>One decoded frame. Its spans lie in the receive buffer and are gone with the next read.</summary>
internal ref struct Pdu
{
    /// <summary>The <see cref="Seq"/> of ordinary messages.</summary>
    public const long Unnumbered = -1;

    public PduKind Kind;
    public ControlCommand Command;
    public Handshake? Handshake;
    public Acknowledgement? Acknowledgement;
    public bool HasEnvelope;
    public bool HasSender;
    public ReadOnlySpan<byte> Recipient;
    public ReadOnlySpan<byte> Sender;
    public WirePayload Payload;
    public long Seq;

    public static Pdu Decode(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        ReadOnlySpan<byte> payload = default, instruction = default;
        bool hasPayload = false, hasInstruction = false;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    payload = reader.ReadBytes();
                    hasPayload = !payload.IsEmpty;
                    break;
                case 2:
                    instruction = reader.ReadBytes();
                    hasInstruction = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        var pdu = new Pdu();
        if (reader.Failed)
            return pdu;
        if (hasInstruction)
            pdu.DecodeControl(instruction);
        else if (hasPayload)
            pdu.DecodeContainer(payload);
        return pdu;
    }

    private void DecodeControl(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var sane = true;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    Command = (ControlCommand)reader.ReadVarint();
                    break;
                case 2:
                    Handshake = Handshake.Parse(reader.ReadBytes());
                    sane = Handshake != null;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        sane &= Command is > ControlCommand.None and <= ControlCommand.DisassociateQuarantined;
        sane &= Command != ControlCommand.Associate || Handshake != null;
        Kind = sane && !reader.Failed ? PduKind.Control : PduKind.Malformed;
    }

    private void DecodeContainer(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var sane = true;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    Acknowledgement = Acknowledgement.Parse(reader.ReadBytes());
                    sane &= Acknowledgement != null;
                    break;
                case 2:
                    HasEnvelope = true;
                    sane &= DecodeEnvelope(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        Kind = sane && !reader.Failed ? PduKind.Payload : PduKind.Malformed;
    }

    private bool DecodeEnvelope(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var sane = true;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    sane &= WirePayload.TryReadPath(reader.ReadBytes(), out Recipient);
                    break;
                case 2:
                    sane &= WirePayload.TryParse(reader.ReadBytes(), out Payload);
                    break;
                case 4:
                    HasSender = true;
                    sane &= WirePayload.TryReadPath(reader.ReadBytes(), out Sender);
                    break;
                case 5:
                    Seq = reader.ReadFixed64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return sane && !reader.Failed && !Recipient.IsEmpty;
    }
}
