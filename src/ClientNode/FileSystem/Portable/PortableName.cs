using System.Text;

namespace Actors.Client.FileSystem.Portable;

/// <summary>Names between bytes, as they travel, and text, as System.IO takes them.</summary>
internal static class PortableName
{
    private const string NotOnWindows = "<>:\"\\|?*";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // With or without an extension they lead to a device.
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>Null where no file can have the name.</summary>
    public static string? ToText(ReadOnlySpan<byte> name, bool isWindows)
    {
        string text;
        try
        {
            text = Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        return isWindows && !IsWindowsName(text) ? null : text;
    }

    /// <summary>Null where the name is no text that could be written down and found again.</summary>
    public static byte[]? ToBytes(ReadOnlySpan<char> name)
    {
        try
        {
            var bytes = new byte[Strict.GetByteCount(name)];
            Strict.GetBytes(name, bytes);
            return bytes;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    // Windows drops dots and blanks at the end, so that the file would have another name than the one asked for.
    private static bool IsWindowsName(string text) =>
        !text.Any(c => c < ' ' || NotOnWindows.Contains(c))
        && text[^1] is not ('.' or ' ')
        && !Devices.Contains(text.Split('.')[0].TrimEnd());
}
