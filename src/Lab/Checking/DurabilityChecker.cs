using System.Text;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Lab.Checking;

/// <summary>
/// What a node's store says is done is on the platter at that moment, whether power is lost then or not: the store's own
/// bytes, each name that the node has changed outside of its staging area, and what counts as agreed on, a user's bytes and
/// names too. A commit of the server's is there after every restart.
/// </summary>
internal sealed class DurabilityChecker(Findings findings, Coverage coverage)
{
    public const string Name = "durability";

    // What was changed again just now may be so since it was made durable.
    private static readonly TimeSpan JustNow = TimeSpan.FromMilliseconds(100);

    // What was stored when the process began.
    private readonly Dictionary<ClientSite, (MachineProcess Process, HashSet<(NodeId Node, ulong Counter)> Pushes)> _earlier = [];

    /// <summary>A replica's store has returned from a commit.</summary>
    public void Check(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        CheckStore(site, SiteStorage.StateFile);
        CheckAgreed(site, before, changes);
        if (changes.IntentsDone.Count + changes.DisplacedDone.Count + changes.Displaced.Count == 0)
            return;
        coverage.Reached(Checkers.Of(Name));
        foreach (var slot in site.Machine.Disk.UnsyncedNamesOfNodes)
        {
            if (DiskEye.PathOf(site.Machine, slot.Directory) is { } directory && IsOfNames(directory))
                findings.Add(Name, $"{site.Name} has stored that an update is done, and its change of {directory}/{DiskEye.NameOf(slot.Name)} is not synced");
        }
    }

    /// <summary>A process opens its replica's store.</summary>
    public void Open(ClientSite site, MachineProcess process, IReplicaStore store)
    {
        if (!_earlier.TryGetValue(site, out var known) || known.Process != process)
            _earlier[site] = (process, [.. store.ReadPushes().Select(push => (store.ReadFacts().Identity!.Id, push.Counter))]);
    }

    /// <summary>The Watcher gets a push to send it. Of one that an earlier process has stored nothing says that its content is durable.</summary>
    public void Check(ClientSite site, PushDispatch dispatch)
    {
        if (_earlier.TryGetValue(site, out var known) && known.Process == site.Process && known.Pushes.Contains((dispatch.Node, dispatch.Push.Counter)))
            findings.Add(Name, $"{site.Name} sends push {dispatch.Push.Counter}, which was stored before its process began");
    }

    /// <summary>The server's store has returned from a commit.</summary>
    public void Check(ServerSite site)
    {
        coverage.Reached(Checkers.Of(Name));
        CheckStore(site, SiteStorage.StoreFile);
    }

    /// <summary>A commit was there, and is not any more.</summary>
    public void Lose(string what) => findings.Add(Name, what);

    /// <summary>A file that the node has not seen yet, with the same bytes by chance, is its user's matter still.</summary>
    private void CheckAgreed(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        var justNowNs = (site.Machine.Clock.Now - JustNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        foreach (var path in changes.Synced.Keys.Union(changes.Seen.Keys))
        {
            var entry = changes.Synced.TryGetValue(path, out var stored) ? stored : before.Synced.GetValueOrDefault(path);
            if (entry is not { State.IsFile: true } || Find(site, path) is not { IsFile: true } file || VisibleTree.ContentOf(file) != entry.State.Content)
                continue;
            var seen = changes.Seen.TryGetValue(path, out var now) ? now?.Signature : before.Seen.TryGetValue(path, out var earlier) ? earlier.Signature : null;
            if (seen?.Inode != file.Number || seen?.ChangedNs != file.ChangedNs)
                continue;
            if (!file.Bytes.IsDurable && file.ChangedNs < justNowNs)
                findings.Add(Name, $"{site.Name} has stored that {path} is agreed on, and its bytes are not synced");
            foreach (var named in path.Ancestors.Prepend(path).Where(named => Find(site, named.Parent) is { } directory && directory.ChangedNs < justNowNs && !IsDurable(directory, named)))
                findings.Add(Name, $"{site.Name} has stored that {path} is agreed on, and the name of {named} is not synced");
        }
    }

    private static Inode? Find(ClientSite site, RelativePath path) =>
        DiskEye.Find(site.Machine, path.IsRoot ? ClientSite.Root : $"{ClientSite.Root}/{path}");

    private static bool IsDurable(Inode directory, RelativePath path)
    {
        var name = Encoding.Latin1.GetString(path.Name);
        return directory.DurableNames.GetValueOrDefault(name) == directory.Names.GetValueOrDefault(name);
    }

    private void CheckStore(Site site, DiskPath file)
    {
        if (DiskEye.Find(site.Machine, file) is { IsFile: true, Bytes.IsDurable: false })
            findings.Add(Name, $"{site.Name} has committed to {file}, and the bytes are not synced");
    }

    // Of its own directory only what was displaced counts: the rest a start makes anew.
    private static bool IsOfNames(string directory) =>
        directory == ClientSite.Root
        || (directory.StartsWith(ClientSite.Root + "/", StringComparison.Ordinal)
            && !directory.StartsWith($"{ClientSite.Root}/.actors", StringComparison.Ordinal))
        || directory == $"{ClientSite.Root}/.actors/displaced";
}
