using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>A number for an entry; that of a tree is their sum, so that it follows each change at little cost.</summary>
internal static class TreeHash
{
    /// <summary>0 for what is absent.</summary>
    public static ulong Of(TreeEntry entry)
    {
        if (entry.State.IsAbsent)
            return 0;
        var hash = 0xcbf29ce484222325UL ^ entry.Version;
        Span<byte> content = stackalloc byte[Messages.Content.ContentHash.Size];
        entry.State.Content.Hash.CopyTo(content);
        foreach (var part in entry.Path.Bytes)
            hash = Mix(hash, part);
        hash = Mix(hash, (byte)entry.State.Kind);
        foreach (var part in content[..8])
            hash = Mix(hash, part);
        return hash;
    }

    private static ulong Mix(ulong hash, byte part) => unchecked((hash ^ part) * 0x100000001b3);
}
