using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;

namespace Actors.Server.Storage;

/// <summary>A commit in the log: what the chain binds, the chain hash after it, and the changes (inline content is not kept here).</summary>
public sealed record LogRow(CommitRecord Commit, ContentHash Chain, IReadOnlyList<PathChange> Changes);
