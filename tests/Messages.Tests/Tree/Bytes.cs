namespace Actors.Messages.Tests.Tree;

internal static class Bytes
{
    public static byte[] Fill(this byte[] bytes, char value)
    {
        bytes.AsSpan().Fill((byte)value);
        return bytes;
    }

    /// <summary>Bytes that differ from chunk to chunk.</summary>
    public static byte[] Content(int length, uint seed = 1)
    {
        var bytes = new byte[length];
        var state = seed * 2_654_435_761u + 1;
        for (var i = 0; i < length; i++)
        {
            state = state * 1_664_525 + 1_013_904_223;
            bytes[i] = (byte)(state >> 24);
        }
        return bytes;
    }
}
