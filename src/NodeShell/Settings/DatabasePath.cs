using System.Text;

namespace Actors.NodeShell;

/// <summary>The path of a file of SQLite's, which opens none of a long path, and does not say that this is why.</summary>
public static class DatabasePath
{
    /// <summary>Of the path in UTF-8: SQLite has room for 512 bytes, and leaves 8 of them for the names of the files beside it.</summary>
    public const int BytesMax = 504;

    /// <exception cref="UsageException">The path, or the one that it leads to by links, is too long. Nothing was made.</exception>
    /// <param name="file">The database, in full; it need not be there.</param>
    /// <param name="where">The option or setting that named it.</param>
    public static void Check(string file, string where)
    {
        // On Windows there is room for more than the system itself takes.
        if (OperatingSystem.IsWindows())
            return;
        var bytes = Math.Max(Encoding.UTF8.GetByteCount(file), Encoding.UTF8.GetByteCount(WithoutLinks(file)));
        if (bytes > BytesMax)
        {
            throw new UsageException(
                $"the path of {Path.GetFileName(file)} in it is {bytes} bytes long; SQLite, which keeps the state of nodes, opens none of more than {BytesMax}",
                where, "name a directory with a shorter path");
        }
    }

    private static string WithoutLinks(string file)
    {
        var path = Path.GetPathRoot(file)!;
        foreach (var name in file[path.Length..].Split(Path.DirectorySeparatorChar))
        {
            path = Path.Combine(path, name);
            // One step at a time: a link that leads nowhere is left to the code that opens the file.
            if (new DirectoryInfo(path).LinkTarget is { } target)
                path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }
        return path;
    }
}
