using System.Globalization;
using System.Text;
using Actors.Messages;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// Names the copy that keeps the losing content: <c>name (conflict of Client 2, 2026-11-22 07.21.00).ext</c>. The same
/// arguments always give the same name, so that creating the copy again finds it there.
/// </summary>
public static class ConflictName
{
    private const int ExtensionBytesMax = 32;
    private const int NodeNameBytesMax = 64;

    /// <summary>Whether a path looks like the name of a copy: for people, nothing is decided by it.</summary>
    public static bool IsOne(RelativePath path) => path.Name.IndexOf(" (conflict of "u8) > 0;

    /// <param name="path">The path that both wanted.</param>
    /// <param name="nodeName">Who lost.</param>
    /// <param name="utc">When it lost.</param>
    /// <param name="taken">Null at first; the push that lost, where the name is taken by other content.</param>
    /// <param name="attempt">Counts the names tried with the push, from 1.</param>
    public static RelativePath For(RelativePath path, string nodeName, DateTimeOffset utc, PushId? taken = null, int attempt = 1)
    {
        var parent = path.Parent;
        var (stem, extension) = Cut(path.Name);
        var when = utc.UtcDateTime.ToString("yyyy-MM-dd HH.mm.ss", CultureInfo.InvariantCulture);
        var again = attempt > 1 ? $"-{attempt}" : "";
        var unique = taken is { } push ? $", {push.Node.ToString()[..8]}-{push.Counter}{again}" : "";
        var mark = Encoding.UTF8.GetBytes($" (conflict of {Clean(nodeName)}, {when}{unique})");
        var room = Math.Min(Limits.NameBytesMax, Limits.PathBytesMax - (parent.IsRoot ? 0 : parent.Length + 1));
        if (room <= mark.Length)
        {
            // A directory so deep that it has no room for the copy: it goes to the root of the share.
            parent = RelativePath.Root;
            room = Limits.NameBytesMax;
        }
        if (extension.Length + mark.Length >= room)
            extension = [];
        stem = CutUtf8(stem, room - mark.Length - extension.Length);
        return parent.Child([.. stem, .. mark, .. extension]);
    }

    /// <summary>The extension keeps its dot; a leading dot makes a hidden file, not an extension.</summary>
    private static (byte[] Stem, byte[] Extension) Cut(ReadOnlySpan<byte> name)
    {
        var dot = name.LastIndexOf((byte)'.');
        return dot <= 0 || name.Length - dot > ExtensionBytesMax
            ? (name.ToArray(), [])
            : (name[..dot].ToArray(), name[dot..].ToArray());
    }

    private static string Clean(string nodeName)
    {
        var text = new StringBuilder();
        foreach (var rune in nodeName.EnumerateRunes())
        {
            var shown = rune.Value == '/' || Rune.IsControl(rune) ? new Rune('_') : rune;
            if (Encoding.UTF8.GetByteCount(text.ToString()) + shown.Utf8SequenceLength > NodeNameBytesMax)
                break;
            text.Append(shown.ToString());
        }
        return text.ToString();
    }

    /// <summary>At most so many bytes, never cut inside a UTF-8 sequence (bytes that are none are cut anywhere).</summary>
    private static byte[] CutUtf8(byte[] text, int bytesMax)
    {
        if (text.Length <= bytesMax)
            return text;
        var end = bytesMax;
        // A sequence has at most three continuation bytes (10xxxxxx).
        while (end > 0 && bytesMax - end < 3 && (text[end] & 0xC0) == 0x80)
            end--;
        var cutInside = end < bytesMax && (text[end] & 0xC0) == 0xC0;
        return text[..(cutInside || end == bytesMax ? end : bytesMax)];
    }
}

/// <summary>Names the conflict copies of one plan: no name twice, and none that is taken.</summary>
/// <param name="nodeName">Who lost.</param>
/// <param name="utc">When.</param>
/// <param name="push">The next push of this node: what makes names unique.</param>
/// <param name="isTaken">Whether one of the replica's trees, or its disk, has something there.</param>
public sealed class ConflictNames(string nodeName, DateTimeOffset utc, PushId push, Func<RelativePath, bool> isTaken)
{
    private readonly HashSet<RelativePath> _given = [];

    public RelativePath For(RelativePath path)
    {
        var name = ConflictName.For(path, nodeName, utc);
        for (var attempt = 1; isTaken(name) || !_given.Add(name); attempt++)
            name = ConflictName.For(path, nodeName, utc, push, attempt);
        return name;
    }
}
