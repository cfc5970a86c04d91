using Actors.Messages.Content;
using Actors.Messages.Identity;

namespace Actors.Messages.History;

/// <summary>What the hash chain binds of one commit.</summary>
/// <param name="Sequence">Counts the share's commits from 1.</param>
/// <param name="Author">The number of the client; 0: the server itself.</param>
/// <param name="Push">Which push it was; the default value for a commit of the server itself.</param>
/// <param name="CommittedAtUs">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Changes">The digest of the change set: see <see cref="Messages.Changes.ChangeSetDigest"/>.</param>
public readonly record struct CommitRecord(ulong Sequence, uint Author, PushId Push, long CommittedAtUs, ContentHash Changes);
