namespace Actors.Remote;

/// <summary>
/// What a node has seen of its peer's numbered system messages: everything up to <paramref name="Cumulative"/>
/// except <paramref name="Missing"/>. −1 means that nothing was seen yet.
/// </summary>
internal sealed record Acknowledgement(long Cumulative, IReadOnlyList<long> Missing)
{
    public static readonly Acknowledgement Nothing = new(-1, []);

    public Acknowledgement(long cumulative) : this(cumulative, []) { }

    public int Size => WireWriter.Fixed64FieldSize(Cumulative) + WireWriter.BytesFieldSize(Missing.Count * sizeof(long));

    public void WriteTo(ref WireWriter writer)
    {
        writer.Fixed64(1, Cumulative);
        if (Missing.Count == 0)
            return;
        writer.Open(2, Missing.Count * sizeof(long));
        foreach (var seq in Missing)
            writer.RawFixed64(seq);
    }

    /// <summary>Reads an AcknowledgementInfo; null when malformed.</summary>
    public static Acknowledgement? Parse(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        long cumulative = 0;
        List<long>? missing = null;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    cumulative = reader.ReadFixed64();
                    break;
                case 2:
                    reader.ReadFixed64List(missing ??= []);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return reader.Failed ? null : new Acknowledgement(cumulative, missing ?? (IReadOnlyList<long>)[]);
    }
}
