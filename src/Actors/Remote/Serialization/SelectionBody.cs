using System.Text;

namespace Actors.Remote;

/// <summary>A message on its way to whatever a selection matches: the body of serializer 6.</summary>
internal sealed class SelectionBody(OutboundPayload payload, IReadOnlyList<SelectionStep> steps)
{
    public int Size { get; } = WireWriter.MessageFieldSize(payload.EncodedSize) + steps.Sum(s => WireWriter.MessageFieldSize(SizeOf(s)));

    public void WriteTo(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.Open(1, payload.EncodedSize);
        payload.WriteTo(ref writer);
        foreach (var step in steps)
        {
            writer.Open(2, SizeOf(step));
            writer.Varint(1, (ulong)step.Kind);
            writer.Bytes(2, Encoding.UTF8.GetBytes(step.Matcher));
        }
    }

    private static int SizeOf(SelectionStep step) =>
        WireWriter.VarintFieldSize((ulong)step.Kind) + WireWriter.BytesFieldSize(Encoding.UTF8.GetByteCount(step.Matcher));
}
