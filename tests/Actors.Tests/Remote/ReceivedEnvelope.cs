using System.Text;

namespace Actors.Tests.Remote;

/// <summary>A message as it came over the wire.</summary>
internal sealed record ReceivedEnvelope(string Recipient, string Sender, int SerializerId, string Manifest, byte[] Message, long Seq, Acknowledgement? Acknowledgement)
{
    public string Text => Encoding.UTF8.GetString(Message);

    public static ReceivedEnvelope? Parse(byte[] frame)
    {
        var pdu = Pdu.Decode(frame);
        return pdu.HasEnvelope
            ? new ReceivedEnvelope(
                Encoding.UTF8.GetString(pdu.Recipient),
                Encoding.UTF8.GetString(pdu.Sender),
                pdu.Payload.SerializerId,
                Encoding.UTF8.GetString(pdu.Payload.Manifest),
                pdu.Payload.Message.ToArray(),
                pdu.Seq,
                pdu.Acknowledgement)
            : null;
    }
}
