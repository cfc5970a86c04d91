using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Messages.Content;

namespace Actors.Messages.Changes;

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
