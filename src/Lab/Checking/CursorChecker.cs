using Actors.Client.Storage;
using Actors.Lab.Observing;
using Actors.Messages.History;
using Actors.Messages.Identity;

namespace Actors.Lab.Checking;

/// <summary>
/// Whenever a cursor is saved, the synced tree is the tree after that commit. Within an epoch a replica's cursors and
/// versions never go back, but for a replica that was put back from a backup. A clone is a replica of its own, although it
/// has its original's identity until one of them is told: each has its own way to go.
/// </summary>
internal sealed class CursorChecker(ServerHistory history, Findings findings, Coverage coverage)
{
    public const string Name = "cursor";

    private readonly Dictionary<(string Site, NodeId Node), SharePosition> _highest = [];

    /// <summary>The replica is an older one from now on.</summary>
    public void Forget(string site, NodeId node) => _highest.Remove((site, node));

    /// <param name="site">Where the replica is.</param>
    /// <param name="before">What it had stored before.</param>
    /// <param name="changes">What it stores now.</param>
    public void Check(string site, ReplicaRecord before, ReplicaChanges changes)
    {
        CheckVersions(site, before, changes);
        if (changes.Position is not { } position || position.Cursor == before.Position?.Cursor)
            return;
        coverage.Reached(Checkers.Of(Name));
        var after = before.TreeAfter(changes);
        if (history.TreeAfter(position.ChainHash) is not { } tree)
            findings.Add(Name, $"{site} saves a cursor at {position.Cursor} on a chain that the server never had");
        else if (tree != after)
            findings.Add(Name, $"{site} saves the cursor {position.Cursor}, and its synced tree is another one: {Explain(before, changes, position.Cursor)}");
        var replica = (site, (changes.Identity ?? before.Identity)!.Id);
        if (_highest.TryGetValue(replica, out var highest) && highest.Epoch == position.Epoch && position.Cursor < highest.Cursor)
            findings.Add(Name, $"{site} saves the cursor {position.Cursor} after {highest.Cursor}");
        _highest[replica] = position;
    }

    private void CheckVersions(string site, ReplicaRecord before, ReplicaChanges changes)
    {
        if (changes.ForgetAgreement)
            return;
        foreach (var (path, entry) in changes.Synced)
        {
            if (entry is not null && before.Synced.TryGetValue(path, out var known) && entry.Version < known.Version)
                findings.Add(Name, $"{site} goes from version {known.Version} of {path} back to {entry.Version}");
        }
    }

    private string Explain(ReplicaRecord before, ReplicaChanges changes, ulong cursor)
    {
        var synced = before.Synced.ToDictionary();
        if (changes.ForgetAgreement)
            synced.Clear();
        foreach (var (path, entry) in changes.Synced)
        {
            if (entry is null)
                synced.Remove(path);
            else
                synced[path] = entry;
        }
        var tree = history.TreeAt(cursor);
        foreach (var path in synced.Keys.Union(tree.Keys).Order())
        {
            var (here, there) = (synced.GetValueOrDefault(path), tree.GetValueOrDefault(path));
            if (here?.State != there?.State || here?.Version != there?.Version)
                return $"{path} is {here?.State} of {here?.Version}, at the server {there?.State} of {there?.Version}";
        }
        return "it hashes differently";
    }
}
