using System.Text;

namespace Actors.Configuration;

/// <summary>
/// Includes from the file system. A relative name is looked for beside the including file; text that came from no file has
/// nothing beside it, so there only <c>file("...")</c> is taken relative to the working directory.
/// A name without a known extension also stands for the files with <c>.json</c> and <c>.conf</c>, merged in this order.
/// A <c>file:</c> URL is the path in it; other URLs are refused as <c>url()</c> is.
/// </summary>
internal sealed class FileIncluder : IHoconIncluder
{
    public static readonly FileIncluder Instance = new();

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public IReadOnlyList<HoconIncluded> Find(HoconInclude include)
    {
        if (Locate(include) is not { } path)
            return [];
        var found = new List<HoconIncluded>();
        string[] extensions = Path.GetExtension(path) is ".json" or ".conf" ? [""] : ["", ".json", ".conf"];
        foreach (string extension in extensions)
            if (File.Exists(path + extension))
                found.Add(new HoconIncluded(Load(path + extension, include.Origin), null));
        return found;
    }

    /// <summary>Reads a file, which must be UTF-8. Its full path becomes the name that errors report.</summary>
    /// <exception cref="HoconParseException">The file cannot be read, or is not UTF-8.</exception>
    public static HoconSource Load(string path, HoconOrigin origin)
    {
        string fullPath = Path.GetFullPath(path);
        try
        {
            return new HoconSource(StrictUtf8.GetString(File.ReadAllBytes(fullPath)), fullPath);
        }
        catch (DecoderFallbackException e)
        {
            throw new HoconParseException($"{fullPath} is not valid UTF-8", origin, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HoconParseException($"{fullPath} cannot be read: {e.Message}", origin, e);
        }
    }

    private static string? Locate(HoconInclude include)
    {
        if (include.Name.Length == 0 || include.Name.Contains('\0'))
            return null;
        if (Path.IsPathRooted(include.Name))
            return include.Name;
        if (!include.IsFile && Uri.TryCreate(include.Name, UriKind.Absolute, out var url))
        {
            if (url.IsFile)
                return url.LocalPath;
            if (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                throw new HoconParseException("including from a URL is not supported", include.Origin);
        }
        if (include.IncludingFile is { } file)
            return Path.Combine(Path.GetDirectoryName(file) ?? "", include.Name);
        return include.IsFile ? include.Name : null;
    }
}
