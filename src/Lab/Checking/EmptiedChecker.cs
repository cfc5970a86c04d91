using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>What was in a replica that a process emptied is deleted nowhere, unless the replica's user says that it was meant.</summary>
internal sealed class EmptiedChecker(RecordedStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "emptied";

    private readonly Dictionary<ClientSite, HashSet<string>> _gone = [];

    /// <summary>All of these files are gone, and the user has not said that it was meant.</summary>
    public void Emptied(ClientSite site, IEnumerable<string> files)
    {
        // What its user has deleted before may still be on its way to the server.
        var deletedBefore = storage.RecordOf(site).PushesOpen
            .SelectMany(push => push.Changes).Where(change => change.To.IsAbsent).Select(change => change.Path.ToString());
        _gone[site] = [.. files.Except(deletedBefore)];
    }

    /// <summary>The files are back, or it was meant.</summary>
    public void Settled(ClientSite site) => _gone.Remove(site);

    public void Check(LogRow row)
    {
        if (_gone.Count == 0)
            return;
        coverage.Reached(Checkers.Of(Name));
        foreach (var site in storage.Owners(row.Commit.Push.Node))
        {
            if (!_gone.TryGetValue(site, out var gone))
                continue;
            foreach (var change in row.Changes.Where(change => change.To.IsAbsent && gone.Contains(change.Path.ToString())))
                findings.Add(Name, $"commit {row.Commit.Sequence} of client {row.Commit.Author} deletes {change.Path}: {site.Name} was emptied, and no user has said that it was meant");
        }
    }
}
