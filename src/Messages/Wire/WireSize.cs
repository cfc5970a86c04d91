using Actors.Messages.Changes;
using Actors.Messages.Tree;

namespace Actors.Messages.Wire;

/// <summary>Upper bounds of encoded sizes, cheap to add up while a message is filled.</summary>
public static class WireSize
{
    // Tags and lengths of the entry itself, of path, version, state, author, time and flag.
    private const int FixedBytes = 64;
    private const int FileBytes = 32 + 32 + 24;

    public static int Of(PathChange change) => Of(change.Path, change.To, change.Inline?.Length ?? 0);

    public static int Of(TreeEntry entry, int inlineBytes) => Of(entry.Path, entry.State, inlineBytes);

    private static int Of(RelativePath path, EntryState state, int inlineBytes) =>
        FixedBytes + path.Length + (state.IsFile ? FileBytes + inlineBytes : 0);
}
