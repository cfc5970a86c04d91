namespace Actors.Remote;

/// <summary>A serialized message where it lies in its frame.</summary>
internal ref struct WirePayload
{
    public ReadOnlySpan<byte> Message;
    public ReadOnlySpan<byte> Manifest;
    public int SerializerId;

    public static bool TryParse(ReadOnlySpan<byte> message, out WirePayload payload)
    {
        payload = default;
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    payload.Message = reader.ReadBytes();
                    break;
                case 2:
                    payload.SerializerId = (int)reader.ReadVarint();
                    break;
                case 3:
                    payload.Manifest = reader.ReadBytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return !reader.Failed;
    }

    /// <summary>Reads the path of an ActorRefData.</summary>
    public static bool TryReadPath(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> path)
    {
        path = default;
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Field == 1)
                path = reader.ReadBytes();
            else
                reader.Skip();
        }
        return !reader.Failed;
    }
}
