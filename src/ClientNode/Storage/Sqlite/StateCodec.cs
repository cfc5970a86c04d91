using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Google.Protobuf;

namespace Actors.Client.Storage.Sqlite;

/// <summary>Keeps entries and changes in the form in which they travel.</summary>
internal static class StateCodec
{
    public static byte[] Encode(TreeEntry entry) => entry.ToMessage().ToByteArray();

    public static byte[] Encode(RelativePath path, EntryState state) => Encode(new TreeEntry(path, state, 0));

    public static byte[] Encode(IReadOnlyList<PathChange> changes)
    {
        var message = new Push();
        message.Changes.AddRange(changes.Select(change => (change with { Inline = null }).ToMessage()));
        return message.ToByteArray();
    }

    public static TreeEntry DecodeEntry(byte[] bytes) =>
        EntryReader.TryRead(Entry.Parser.ParseFrom(bytes), out var received, out var reason)
            ? received.Entry
            : throw Broken(reason);

    public static IReadOnlyList<PathChange> DecodeChanges(byte[] bytes) =>
        [.. Push.Parser.ParseFrom(bytes).Changes.Select(Decode)];

    public static byte[] Encode(IReadOnlyList<RelativePath> paths)
    {
        var bytes = new List<byte>();
        foreach (var path in paths)
            bytes.AddRange([.. path.Bytes, 0]);
        return [.. bytes];
    }

    public static IReadOnlyList<RelativePath> DecodePaths(ReadOnlySpan<byte> bytes)
    {
        var paths = new List<RelativePath>();
        for (var end = bytes.IndexOf((byte)0); end >= 0; end = bytes.IndexOf((byte)0))
        {
            paths.Add(RelativePath.Parse(bytes[..end]));
            bytes = bytes[(end + 1)..];
        }
        return paths;
    }

    private static PathChange Decode(Change message) =>
        EntryReader.TryRead(message, out var change, out var reason) ? change : throw Broken(reason);

    private static ReplicaStoreException Broken(string reason) => new($"the replica's state is damaged: {reason}", isDiskFull: false);
}
