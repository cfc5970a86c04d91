using Actors.Messages.Tree;

namespace Actors.Messages.History;

/// <summary>
/// A Pull that is well formed: everything after (version, path) is wanted; no path: all of that version is there.
/// </summary>
public sealed record PullRequest(ulong Session, ulong Request, EpochId Epoch, ulong AfterVersion, RelativePath? AfterPath, ulong Cursor);
