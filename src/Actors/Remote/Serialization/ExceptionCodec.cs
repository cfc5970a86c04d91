using System.Text;

namespace Actors.Remote;

/// <summary>Failures on the wire: texts only, on both sides. A type named by a peer is never instantiated.</summary>
internal static class ExceptionCodec
{
    private const string NeutralTypeName = "System.Exception, System.Private.CoreLib";

    /// <summary>How many inner exceptions travel, and are read.</summary>
    private const int DepthMax = 8;

    /// <summary>What of a message or a stack trace travels; a failure must fit into a frame.</summary>
    private const int TextMax = 4096;

    public static byte[] ToBytes(Exception? cause) => ToBytes(cause, DepthMax);

    private static byte[] ToBytes(Exception? cause, int depth)
    {
        if (cause == null || depth == 0)
            return [];
        byte[][] texts = [Utf8(NeutralTypeName), Utf8(cause.Message), Utf8(cause.StackTrace), Utf8(cause.Source)];
        var inner = ToBytes(cause.InnerException, depth - 1);
        var bytes = new byte[texts.Sum(t => WireWriter.BytesFieldSize(t.Length)) + WireWriter.MessageFieldSize(inner.Length)];
        var writer = new WireWriter(bytes);
        for (var i = 0; i < texts.Length; i++)
            writer.Bytes(i + 1, texts[i]);
        writer.Message(5, inner);
        return bytes;
    }

    /// <summary>Reads an ExceptionData; null when it is malformed.</summary>
    public static Exception? Parse(ReadOnlySpan<byte> message) => Parse(message, DepthMax);

    private static RemoteFailureException? Parse(ReadOnlySpan<byte> message, int depth)
    {
        var reader = new WireReader(message);
        string[] texts = ["", "", "", "", ""];
        Exception? inner = null;
        while (reader.MoveNext())
        {
            if (reader.Field is >= 1 and <= 4)
            {
                texts[reader.Field] = Encoding.UTF8.GetString(reader.ReadBytes());
            }
            else if (reader.Field == 5)
            {
                var nested = reader.ReadBytes();
                if (!nested.IsEmpty && depth > 0)
                    inner = Parse(nested, depth - 1);
            }
            else
            {
                reader.Skip();
            }
        }
        return reader.Failed ? null : new RemoteFailureException(texts[1], texts[2], texts[3], inner);
    }

    private static byte[] Utf8(string? text) =>
        text == null ? [] : Encoding.UTF8.GetBytes(text.Length <= TextMax ? text : text[..TextMax]);
}
