namespace Actors.Client.FileSystem.Linux;

/// <summary>An open directory for the length of one call; or, where <see cref="Errno"/> is set, none.</summary>
internal readonly ref struct DirectoryDescriptor(int descriptor, bool owned, int errno)
{
    public int Value { get; } = descriptor;
    public int Errno { get; } = errno;

    public void Dispose()
    {
        if (owned)
            _ = Libc.Close(Value);
    }
}
