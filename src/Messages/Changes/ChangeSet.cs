using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Messages.Changes;

/// <summary>A Push that is well formed: within all limits, digest and inline content checked.</summary>
public sealed record PushRequest(PushId Id, string Share, EpochId Epoch, ulong Session, ContentHash Digest, IReadOnlyList<PathChange> Changes)
{
    /// <summary>Every counter up to this one is settled at the client.</summary>
    public ulong SettledThrough { get; init; }

    /// <summary>The counter of the push that has to be accepted before this one; 0: none.</summary>
    public ulong Follows { get; init; }
}

/// <summary>One path of a change set: what it shall become, and the version that the edit was made on (0: none).</summary>
public sealed record PathChange(RelativePath Path, ulong Base, EntryState To)
{
    /// <summary>The content was read while a writer still held the file open.</summary>
    public bool SnapshotOfOpenFile { get; init; }

    /// <summary>The bytes, where they ride along: only of a file of one chunk, whose hash they must have.</summary>
    public ReadOnlyMemory<byte>? Inline { get; init; }
}

/// <summary>A push whose outcome its client does not know.</summary>
public readonly record struct DoubtfulPush(ulong Counter, ContentHash Digest);

/// <summary>
/// The order in which changes keep the tree whole one by one: first what goes away, children before parents, then what
/// comes or changes, parents before children.
/// </summary>
public sealed class ChangeOrder : IComparer<PathChange>
{
    public static ChangeOrder Instance { get; } = new();

    public int Compare(PathChange? x, PathChange? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Compare(x.Path, x.To, y.Path, y.To);
    }

    /// <summary>A path sorts after its ancestors by bytes, so descending order has children first.</summary>
    public static int Compare(RelativePath x, EntryState xTo, RelativePath y, EntryState yTo)
    {
        if (xTo.IsAbsent != yTo.IsAbsent)
            return xTo.IsAbsent ? -1 : 1;
        return xTo.IsAbsent ? y.CompareTo(x) : x.CompareTo(y);
    }
}

/// <summary>
/// Binds a push to what it says. The canonical form, numbers big-endian: "actors.changes.1" and NUL, the count (4
/// bytes), then each change in its order: length of the path (2), path, base (8), kind (1: 0 deletion, 1 folder, 2 file,
/// 3 file as snapshot of an open file), and for files hash (32), size (8) and root (32). The digest is its SHA-256.
/// </summary>
public static class ChangeSetDigest
{
    private const int FixedBytes = 2 + 8 + 1;
    private const int FileBytes = 32 + 8 + 32;

    private static ReadOnlySpan<byte> Domain => "actors.changes.1\0"u8;

    public static ContentHash Of(IReadOnlyList<PathChange> changes)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> fixedPart = stackalloc byte[FixedBytes + FileBytes];
        sha.AppendData(Domain);
        BinaryPrimitives.WriteInt32BigEndian(fixedPart, changes.Count);
        sha.AppendData(fixedPart[..4]);
        foreach (var change in changes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(fixedPart, (ushort)change.Path.Length);
            sha.AppendData(fixedPart[..2]);
            sha.AppendData(change.Path.Bytes);
            BinaryPrimitives.WriteUInt64BigEndian(fixedPart, change.Base);
            fixedPart[8] = Kind(change);
            var length = 9;
            if (change.To.IsFile)
            {
                change.To.Content.Hash.CopyTo(fixedPart[9..]);
                BinaryPrimitives.WriteInt64BigEndian(fixedPart[41..], change.To.Content.Size);
                change.To.Content.Root.CopyTo(fixedPart[49..]);
                length += FileBytes;
            }
            sha.AppendData(fixedPart[..length]);
        }
        Span<byte> hash = stackalloc byte[ContentHash.Size];
        sha.GetHashAndReset(hash);
        return new ContentHash(hash);
    }

    private static byte Kind(PathChange change) => change switch
    {
        { To.IsAbsent: true } => 0,
        { To.IsFolder: true } => 1,
        { SnapshotOfOpenFile: false } => 2,
        _ => 3,
    };
}
