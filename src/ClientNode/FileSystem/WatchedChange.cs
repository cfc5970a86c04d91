using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>
/// Something happened to a path; what it is now must be read from the disk. <paramref name="Finished"/>: a writer closed it,
/// or it was put, moved or removed as a whole; else it was written by somebody who may go on. <paramref name="Completed"/>: and its
/// content or its name may be new, not its attributes only.
/// </summary>
public readonly record struct WatchedChange(RelativePath Path, bool Finished, bool Completed);
