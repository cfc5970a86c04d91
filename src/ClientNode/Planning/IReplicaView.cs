using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// The three trees of a replica, as the planner reads them. They must not change while a plan is made. After a first
/// join, and wherever the server does not know the replica's position, the synced tree is empty: "unknown" and "never
/// agreed on" call for the same decisions, and none of them deletes.
/// </summary>
public interface IReplicaView
{
    /// <summary>What is on disk.</summary>
    LocalState Local(RelativePath path);

    /// <summary>What disk and registry last agreed on; null: never anything, or absence.</summary>
    TreeEntry? Synced(RelativePath path);

    /// <summary>The newest version known of the registry's; null: no commit ever named the path.</summary>
    TreeEntry? Remote(RelativePath path);

    /// <summary>A push that names the path is on its way, or its outcome is in doubt.</summary>
    bool IsInFlight(RelativePath path);

    /// <summary>Every path below this one (the root: every path) that one of the above knows of, each once, in byte order.</summary>
    IEnumerable<RelativePath> Below(RelativePath path);
}
