namespace Actors.Messages.Tree;

/// <summary>An entry as a page brings it: with the bytes, where they ride along (then they have the entry's hash).</summary>
public sealed record ReceivedEntry(TreeEntry Entry, ReadOnlyMemory<byte>? Inline);
