using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// Decides, path by path, what becomes of three trees. Pure and total: any three trees have a plan, and the same trees
/// and paths have the same plan.
/// <list type="bullet">
/// <item>One side changed: the other one follows. Both changed to the same: agreed.</item>
/// <item>Edit against edit: the registry's keeps the name, the local one becomes a conflict copy.</item>
/// <item>Edit against deletion: the edit survives, and with it the directories that it needs.</item>
/// <item>File against directory: the directory keeps the name, the file becomes a conflict copy.</item>
/// <item>What is in flight, half-written or half-known waits, and so does what depends on it.</item>
/// </list>
/// </summary>
public static class Planner
{
    /// <param name="view">The trees.</param>
    /// <param name="dirty">
    /// Paths about which something has changed since they were planned last; the plan covers them and the relatives
    /// that their decisions involve. The root stands for every path.
    /// </param>
    /// <param name="conflictName">Gives the losing content of a path a free name: see <see cref="ConflictNames"/>.</param>
    public static Plan Plan(ReplicaTrees view, IEnumerable<RelativePath> dirty, Func<RelativePath, RelativePath> conflictName)
    {
        var decisions = new Decisions(new Merges(view), conflictName);
        foreach (var path in dirty.Order())
        {
            if (path.IsRoot)
            {
                foreach (var any in view.Below(path))
                    decisions.Include(any);
                continue;
            }
            decisions.Include(path);
            // What happens to a path can free or bind the directories above it.
            foreach (var ancestor in path.Ancestors)
                decisions.Include(ancestor);
        }
        return decisions.ToPlan();
    }
}
