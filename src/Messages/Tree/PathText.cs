using System.Buffers;
using System.Globalization;
using System.Text;

namespace Actors.Messages.Tree;

/// <summary>The readable form of a path's bytes: unambiguous, on one line.</summary>
internal static class PathText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            if (status != OperationStatus.Done || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                foreach (var value in bytes[..consumed])
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
            }
            else if (rune.Value == '\\')
            {
                text.Append("\\\\");
            }
            else
            {
                text.Append(rune.ToString());
            }
            bytes = bytes[consumed..];
        }
        return text.ToString();
    }
}
