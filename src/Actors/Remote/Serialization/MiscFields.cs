namespace Actors.Remote;

/// <summary>The few fields that the runtime's own small messages have: up to two nested messages and two flags.</summary>
internal readonly ref struct MiscFields
{
    public MiscFields(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    First = reader.ReadBytes();
                    break;
                case 2 when reader.IsVarint:
                    SecondFlag = reader.ReadVarint() != 0;
                    break;
                case 2:
                    Second = reader.ReadBytes();
                    break;
                case 3 when reader.IsVarint:
                    ThirdFlag = reader.ReadVarint() != 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        AreSane = !reader.Failed;
    }

    public bool AreSane { get; }

    public ReadOnlySpan<byte> First { get; }

    public ReadOnlySpan<byte> Second { get; }

    public bool SecondFlag { get; }

    public bool ThirdFlag { get; }
}
