using Actors.Messages.Tree;

namespace Actors.Client.Storage;

/// <summary>
/// A file that an update displaced while somebody had it open for writing: what is still written to it is an edit. It is
/// watched until it is closed. <paramref name="Known"/> is what it held and the registry has.
/// </summary>
public sealed record DisplacedFile(long Id, RelativePath Path, EntryState Known, RelativePath CopyName);
