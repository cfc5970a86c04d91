namespace Actors.Client.FileSystem;

/// <summary>What a name leads to, symbolic links not followed.</summary>
public enum FileKind
{
    Regular,
    Directory,
    SymbolicLink,
    /// <summary>A socket, a device, a pipe: nothing that has content to keep.</summary>
    Special,
}
