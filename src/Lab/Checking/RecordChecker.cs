using Actors.Client.Cache;
using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Messages.Tree;

namespace Actors.Lab.Checking;

/// <summary>
/// A store that says that an update is done says in the same commit, or has said before, what it did: without that the next
/// start would take what the update put there for an edit. And what a replica tells the server of itself is stored by then.
/// </summary>
internal sealed class RecordChecker(RecordedStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "record";

    // Updates that the running process has stored, with the file that it gave the name.
    private readonly Dictionary<ClientSite, Dictionary<RelativePath, Update>> _updates = [];

    /// <summary>A process opens its replica's store. What an earlier one began it ends in its own way.</summary>
    public void Open(ClientSite site) => _updates.Remove(site);

    /// <summary>A node has given a file a name that people see: what the update brings, or what was there before, if it came to nothing.</summary>
    public void Placed(ClientSite site, RelativePath path)
    {
        if (_updates.TryGetValue(site, out var updates) && updates.TryGetValue(path, out var update))
            update.Inode = VisibleTree.ContentAt(site.Machine, $"{ClientSite.Root}/{path}") == update.Intent.Entry.State.Content ? InodeAt(site, path) : 0;
    }

    /// <summary>A replica's store has returned from a commit.</summary>
    public void Check(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        if (!_updates.TryGetValue(site, out var updates))
            _updates.Add(site, updates = []);
        // Nothing is agreed on any more.
        if (changes.ForgetAgreement)
            updates.Clear();
        foreach (var update in updates.Values.Where(update => changes.IntentsDone.Contains(update.Intent.Id)).ToList())
        {
            var entry = update.Intent.Entry;
            updates.Remove(entry.Path);
            // Where it came to nothing the file does not have the name, or has it no longer.
            if (update.Inode == 0 || InodeAt(site, entry.Path) != update.Inode)
                continue;
            coverage.Reached(Checkers.Of(Name));
            var stored = changes.Synced.TryGetValue(entry.Path, out var now) ? now : before.Synced.GetValueOrDefault(entry.Path);
            if (stored is null || stored.Version < entry.Version)
                findings.Add(Name, $"{site.Name} has stored that its update of {entry.Path} to version {entry.Version} is done, and that it agrees on {(stored is null ? "nothing" : $"version {stored.Version}")} there");
        }
        foreach (var intent in changes.Intents.Where(intent => intent.Entry.State.IsFile))
            updates[intent.Entry.Path] = new Update(intent);
    }

    /// <summary>A replica is about to say how it stands. What it says is settled the server may forget at once.</summary>
    public void Check(ClientSite site, CacheActor.JoinFacts facts)
    {
        var record = storage.RecordOf(site);
        foreach (var push in record.PushesOpen.Where(push => push.Counter <= facts.SettledThrough))
            findings.Add(Name, $"{site.Name} joins and says that push {push.Counter} is settled, and has not stored what became of it");
        if (record.Position != facts.Position)
            findings.Add(Name, $"{site.Name} joins and says that it stands at {facts.Position?.Cursor}, and has stored {record.Position?.Cursor}");
    }

    private static ulong InodeAt(ClientSite site, RelativePath path) =>
        DiskEye.Find(site.Machine, $"{ClientSite.Root}/{path}") is { IsFile: true } file ? file.Number : 0;

    private sealed record Update(Intent Intent)
    {
        public ulong Inode { get; set; }
    }
}
