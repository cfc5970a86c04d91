using Actors.Client.Planning;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>Further names for a conflict copy, where the first one is taken by other content.</summary>
public readonly record struct CopyNaming(string Loser, DateTimeOffset LostAt, PushId Push)
{
    public RelativePath Name(RelativePath path, int attempt) => ConflictName.For(path, Loser, LostAt, Push, attempt);
}
