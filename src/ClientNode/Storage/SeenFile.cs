using Actors.Client.FileSystem;
using Actors.Messages.Content;

namespace Actors.Client.Storage;

/// <summary>
/// What a file held when it was read, and its signature then, so that it need not be read again at the next start.
/// <paramref name="IsSettled"/>: the signature can be trusted, because the read came long enough after the last write, and nobody
/// may have written on without changing it.
/// </summary>
public readonly record struct SeenFile(FileSignature Signature, ContentRef Content, bool IsSettled);
