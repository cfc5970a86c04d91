using Actors.Messages;
using Actors.Replication.Tree;

namespace Actors.Client.Watching;

/// <summary>A push that is ready to travel. If some of what it names could not be made durable, it must not.</summary>
public sealed record LoadedPush(Push Message, IReadOnlyList<(RelativePath Path, string Reason)> Undurable);
