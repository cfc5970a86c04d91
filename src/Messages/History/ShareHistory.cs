using System.Buffers.Binary;
using Actors.Messages.Content;
using Actors.Messages.Identity;

namespace Actors.Messages.History;

/// <summary>A place in a share's history: after commit <paramref name="Cursor"/>, where the hash chain stood so.</summary>
public readonly record struct SharePosition(EpochId Epoch, ulong Cursor, ContentHash ChainHash);

/// <summary>One unbroken history of a share: 16 random bytes, drawn when the server began it. The default value is no epoch.</summary>
public readonly record struct EpochId(UInt128 Value) : IComparable<EpochId>
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EpochId id)
    {
        id = bytes.Length == Limits.EpochIdBytes ? new EpochId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == Limits.EpochIdBytes;
    }

    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public byte[] ToArray()
    {
        var bytes = new byte[Limits.EpochIdBytes];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(EpochId other) => Value.CompareTo(other.Value);

    public static bool operator <(EpochId left, EpochId right) => left.Value < right.Value;

    public static bool operator >(EpochId left, EpochId right) => left.Value > right.Value;

    public static bool operator <=(EpochId left, EpochId right) => left.Value <= right.Value;

    public static bool operator >=(EpochId left, EpochId right) => left.Value >= right.Value;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32");
}

/// <summary>What the hash chain binds of one commit.</summary>
/// <param name="Sequence">Counts the share's commits from 1.</param>
/// <param name="Author">The number of the client; 0: the server itself.</param>
/// <param name="Push">Which push it was; the default value for a commit of the server itself.</param>
/// <param name="CommittedAtUs">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Changes">The digest of the change set: see <see cref="Messages.Changes.ChangeSetDigest"/>.</param>
public readonly record struct CommitRecord(ulong Sequence, uint Author, PushId Push, long CommittedAtUs, ContentHash Changes);

/// <summary>The hash chain over a share's commits: each link stands for everything before it.</summary>
public static class CommitHash
{
    private static ReadOnlySpan<byte> Domain => "actors.commit.1\0"u8;

    /// <summary>Before the first commit.</summary>
    public static ContentHash Genesis => default;

    /// <summary>The chain after a commit: SHA-256 over the previous hash and the record, numbers big-endian.</summary>
    public static ContentHash Next(ContentHash previous, CommitRecord commit)
    {
        Span<byte> form = stackalloc byte[16 + 32 + 8 + 4 + 16 + 8 + 8 + 32];
        Domain.CopyTo(form);
        previous.CopyTo(form[16..]);
        BinaryPrimitives.WriteUInt64BigEndian(form[48..], commit.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(form[56..], commit.Author);
        commit.Push.Node.CopyTo(form[60..]);
        BinaryPrimitives.WriteUInt64BigEndian(form[76..], commit.Push.Counter);
        BinaryPrimitives.WriteInt64BigEndian(form[84..], commit.CommittedAtUs);
        commit.Changes.CopyTo(form[92..]);
        return ContentHash.Of(form);
    }
}
