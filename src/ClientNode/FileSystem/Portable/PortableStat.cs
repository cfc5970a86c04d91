namespace Actors.Client.FileSystem.Portable;

internal static class PortableStat
{
    /// <summary>Null where nothing is there. Links are not followed.</summary>
    public static FileStat? Of(string path)
    {
        var info = new FileInfo(path);
        var attributes = info.Attributes;
        if (attributes == (FileAttributes)(-1))
            return null;
        if (KindOf(attributes, info) is not { } kind)
            return null;
        var size = kind == FileKind.Regular ? info.Length : 0;
        return Of(kind, size, info.LastWriteTimeUtc, info.CreationTimeUtc, OperatingSystem.IsWindows() ? 0 : (int)info.UnixFileMode);
    }

    /// <summary>There is no number that would tell files apart: the time of creation helps where the system knows it.</summary>
    public static FileStat Of(FileKind kind, long size, DateTime modified, DateTime created, int mode) =>
        new(kind, 0, new FileSignature(0, size, UnixNs(modified), UnixNs(created)), mode);

    // Windows has other reparse points than links, which lead to ordinary files and directories.
    private static FileKind? KindOf(FileAttributes attributes, FileInfo info)
    {
        if (attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is not null)
            return FileKind.SymbolicLink;
        if (attributes.HasFlag(FileAttributes.Directory))
            return FileKind.Directory;
        if (!OperatingSystem.IsWindows())
            return UnixKind.Of(info.FullName);
        return attributes.HasFlag(FileAttributes.Device) ? FileKind.Special : FileKind.Regular;
    }

    private static long UnixNs(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
