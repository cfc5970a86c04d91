using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Messages.Wire;

namespace Actors.Lab.Checking;

/// <summary>
/// A client does nothing in vain again and again: what was refused because of a newer version is not pushed on the same
/// version once more, nothing is refused many times while no client changes it, and no path is given up because of a refusal
/// that never came.
/// </summary>
internal sealed class UselessWorkChecker(ServerHistory history, RecordedStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "useless-work";

    private const int RefusalsMax = 10;

    // A client gives up what was refused so often in a row: see Replica.Pushes.
    private const int RefusalsUntilHeld = 3;
    private const string HeldLine = "Not synced: ";
    private const string HeldBecause = ": the server refuses it: ";

    private readonly Dictionary<ClientSite, Refused> _refused = [];

    /// <summary>A client is about to take a push for refused.</summary>
    public void Refuse(ClientSite site, PushRejected rejected)
    {
        var refused = Of(site);
        if (rejected.Reason is not (PushRejection.Stale or PushRejection.Malformed or PushRejection.ContentGone))
            return;
        // The Watcher passes it on to the Cache: it counts once.
        var record = storage.RecordOf(site);
        if (record.PushesOpen.FirstOrDefault(push => push.Counter == rejected.Counter) is not { } push
            || !refused.Pushes.Add((record.Identity?.Id, rejected.Counter)))
            return;
        coverage.Reached(Checkers.Of(Name));
        var newest = new Dictionary<RelativePath, ulong>();
        foreach (var entry in rejected.Current)
        {
            if (EntryReader.TryRead(entry, out var read, out _))
                newest[read.Entry.Path] = read.Entry.Version;
        }
        foreach (var change in push.Changes)
        {
            // Where that is not the newest any more the client may learn next that the path was deleted.
            var isStale = newest.TryGetValue(change.Path, out var version) && version != change.Base && history.Find(change.Path)?.Version == version;
            var isMeant = newest.Count == 0 || newest.Keys.Any(path => path == change.Path || path.IsAncestorOf(change.Path) || change.Path.IsAncestorOf(path));
            Note(site, refused, change, rejected, isStale && rejected.Session == refused.Session, isMeant);
        }
    }

    /// <summary>A client has stored pushes, and sends them next.</summary>
    public void Check(ClientSite site, ReplicaChanges changes)
    {
        var refused = Of(site);
        if (changes.ForgetAgreement)
            refused.Bases.Clear();
        foreach (var change in changes.Pushes.SelectMany(push => push.Changes))
        {
            if (refused.Bases.TryGetValue(change.Path, out var stale) && stale == change.Base)
                findings.Add(Name, $"{site.Name} pushes {change.Path} on version {change.Base} again, which is not the newest: it was refused for that");
        }
    }

    /// <summary>What a node tells its user.</summary>
    public void Check(Site site, string line)
    {
        var because = line.IndexOf(HeldBecause, StringComparison.Ordinal);
        if (site is not ClientSite client || because < 0 || !line.StartsWith(HeldLine, StringComparison.Ordinal))
            return;
        var (path, text) = (line[HeldLine.Length..because], line[(because + HeldBecause.Length)..]);
        if (!Of(client).Texts.TryGetValue(path, out var given) || (!given.Final.Contains(text) && given.Count < RefusalsUntilHeld))
            findings.Add(Name, $"{site.Name} gives {path} up because the server refuses it, and it was refused {given?.Count ?? 0} times: {text}");
    }

    /// <summary>A client has committed these changes: their paths may be refused anew.</summary>
    public void Commit(IEnumerable<PathChange> changes)
    {
        foreach (var change in changes)
        {
            foreach (var refused in _refused.Values)
            {
                refused.Counts.Remove(change.Path);
                // Of what is deleted no version is kept, and what is made anew is based on none.
                if (change.To.IsAbsent)
                    refused.Bases.Remove(change.Path);
            }
        }
    }

    /// <summary>A client has been welcomed.</summary>
    public void Welcome(ClientSite site, Welcome welcome)
    {
        Of(site).Session = welcome.Session;
        foreach (var outcome in welcome.Outcomes.Where(outcome => outcome.Rejected is not null))
            Refuse(site, outcome.Rejected);
    }

    /// <summary>A node starts, and knows what is stored only.</summary>
    public void Forget(Site site)
    {
        if (site is ClientSite client)
            _refused.Remove(client);
    }

    /// <summary>A backup of the server was put back: versions count anew. How often a path was refused its client still knows.</summary>
    public void ForgetVersions()
    {
        foreach (var refused in _refused.Values)
        {
            refused.Bases.Clear();
            refused.Counts.Clear();
        }
    }

    private void Note(ClientSite site, Refused refused, PathChange change, PushRejected rejected, bool isStale, bool isMeant)
    {
        if (isStale)
            refused.Bases[change.Path] = change.Base;
        var path = change.Path.ToString();
        if (!refused.Texts.TryGetValue(path, out var given))
            refused.Texts.Add(path, given = new Given());
        given.Count += isMeant ? 1 : 0;
        if (rejected.Reason == PushRejection.Malformed)
            given.Final.Add(rejected.Text);
        var count = refused.Counts[change.Path] = refused.Counts.GetValueOrDefault(change.Path) + 1;
        if (count > RefusalsMax)
            findings.Add(Name, $"{site.Name} was refused {change.Path} {count} times, and no client has changed it meanwhile");
    }

    private Refused Of(ClientSite site)
    {
        if (!_refused.TryGetValue(site, out var refused))
            _refused.Add(site, refused = new Refused());
        return refused;
    }

    private sealed class Refused
    {
        public ulong Session { get; set; }

        /// <summary>Versions on which a path must not be pushed again.</summary>
        public Dictionary<RelativePath, ulong> Bases { get; } = [];

        public Dictionary<RelativePath, int> Counts { get; } = [];
        public Dictionary<string, Given> Texts { get; } = [];
        /// <summary>A node that has taken a new identity counts anew.</summary>
        public HashSet<(NodeId? Node, ulong Counter)> Pushes { get; } = [];
    }

    /// <summary>How often a path was refused for its own sake, and with which words for good.</summary>
    private sealed class Given
    {
        public int Count { get; set; }
        public HashSet<string> Final { get; } = [];
    }
}
