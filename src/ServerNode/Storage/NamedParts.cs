using Actors.Messages.Content;

namespace Actors.Server.Storage;

/// <summary>The chunks and branches of content.</summary>
internal static class NamedParts
{
    private const int CommitsAtATime = 256;

    /// <summary>Of every content that commits of a share after a sequence number name; some more than once.</summary>
    public static IEnumerable<ContentHash> OfCommits(IShareSnapshot snapshot, int share, ulong after)
    {
        while (snapshot.ReadLog(share, after, CommitsAtATime) is { Count: > 0 } rows)
        {
            foreach (var change in rows.SelectMany(row => row.Changes))
            {
                if (!change.To.IsFile)
                    continue;
                foreach (var part in Of(snapshot, change.To.Content))
                    yield return part;
            }
            after = rows[^1].Commit.Sequence;
        }
    }

    /// <summary>Of one content, as far as it is here.</summary>
    public static IEnumerable<ContentHash> Of(IShareSnapshot snapshot, ContentRef content) =>
        Below(snapshot, content.Root, ChunkTreeShape.Depth(content.Size));

    private static IEnumerable<ContentHash> Below(IShareSnapshot snapshot, ContentHash part, int level)
    {
        yield return part;
        if (level == 0 || snapshot.ReadPart(part) is not { } hashes)
            yield break;
        for (var offset = 0; offset + ContentHash.Size <= hashes.Length; offset += ContentHash.Size)
        {
            foreach (var below in Below(snapshot, new ContentHash(hashes.AsSpan(offset, ContentHash.Size)), level - 1))
                yield return below;
        }
    }
}
