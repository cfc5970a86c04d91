using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;
using Actors.Lab.World;
using Actors.Messages.Tree;

namespace Actors.Lab.Faults;

/// <summary>
/// Replicas whose files are gone all at once, as by a user's mistake. Their nodes stop and ask; later the user puts the
/// files back, or says that it was meant. A user whose own edits leave nothing says so, too.
/// </summary>
internal sealed class Emptyings(
    SimulatedWorld world, Cluster cluster, Writings writings, ServerHistory history, RecordedStorage storage, EmptiedChecker checker, Coverage coverage)
{
    // Of fewer the node believes that they were deleted.
    private const int FilesMin = 3;
    private const int ConfirmationsMax = 40;
    private static readonly TimeSpan ConfirmEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ClientSite, Emptied> _open = [];
    private readonly HashSet<ClientSite> _putBackInPart = [];

    public bool Begin(PlannedFault fault, ClientSite site, Action<Action> atEnd)
    {
        var files = VisibleTree.Read(site.Machine, ClientSite.Root).Where(entry => entry.Value.IsFile).ToDictionary();
        var synced = storage.RecordOf(site).Synced.Values.Count(entry => entry.State.IsFile);
        if (!site.Machine.HasPower || _open.ContainsKey(site) || Math.Min(files.Count, synced) < FilesMin)
            return false;
        cluster.UserOf(site)?.GoAway();
        if (_putBackInPart.Remove(site))
            coverage.Reached(Races.EmptiedAfterPart);
        _open[site] = new Emptied(
            DirectoryImage.TakeVisible(site.Machine, ClientSite.Root), files, IsMeant: fault.Amount % 2 == 0, IsInPart: fault.Amount == PlannedFault.PutBackInPart);
        DirectoryImage.ClearVisible(site.Machine, ClientSite.Root);
        writings.Excuse(writing => writing.Machine == site.Name && !history.Holds(writing.Content));
        checker.Emptied(site, files.Keys);
        atEnd(() => Settle(site));
        return true;
    }

    /// <summary>A step of a user's, who knows what to say where it took the last of what was there.</summary>
    public void Watch(ClientSite site, Action step)
    {
        var held = HoldsSomethingShared(site);
        step();
        if (held && !HoldsSomethingShared(site))
            world.Schedule(ConfirmEvery, () => Confirm(site, 0));
    }

    /// <summary>Whatever is open still is settled now.</summary>
    public void End()
    {
        foreach (var site in _open.Keys.ToList())
            Settle(site);
    }

    private void Settle(ClientSite site)
    {
        if (!site.Machine.HasPower || !_open.Remove(site, out var emptied))
            return;
        checker.Settled(site);
        cluster.UserOf(site)?.ComeBack();
        // Another fault may have put a backup there meanwhile.
        if (DiskEye.Find(site.Machine, $"{ClientSite.Root}/.actors")?.Number != emptied.Image.OwnInode)
            return;
        if (!emptied.IsMeant)
        {
            world.Trace.Add(world.Now, $"the files of {site.Name} are put back");
            (emptied.IsInPart ? emptied.Image.InPart() : emptied.Image).AddTo(site.Machine, ClientSite.Root);
        }
        var there = VisibleTree.Read(site.Machine, ClientSite.Root);
        foreach (var (path, state) in emptied.Files.Where(file => emptied.IsMeant || !there.ContainsKey(file.Key)))
            writings.Put(site.Name, path, state.Content, null);
        if (!emptied.IsInPart)
        {
            Confirm(site, 0);
            return;
        }
        // The user looks first what has come back.
        _putBackInPart.Add(site);
        world.Schedule(ConfirmEvery, () => Confirm(site, 1));
    }

    /// <summary>
    /// Again and again, since the node may be down, may not have seen it yet, or may have to start anew because its disk is
    /// full, and asks again then; it asks as well when the user removes some of what was put back before it was seen.
    /// </summary>
    private void Confirm(ClientSite site, int times)
    {
        // What was said of one emptying does not count for the next.
        if (times >= ConfirmationsMax || _open.ContainsKey(site))
            return;
        if (MissesSomethingSynced(site))
        {
            world.Trace.Add(world.Now, $"the user of {site.Name} confirms that what is missing is meant to be");
            site.Confirm();
        }
        world.Schedule(ConfirmEvery, () => Confirm(site, times + 1));
    }

    // Something new does not count: at a start a node asks all the same. What is being pushed does: it is synced a moment later.
    private bool HoldsSomethingShared(ClientSite site)
    {
        var record = storage.RecordOf(site);
        return record.Synced.Keys.Concat(record.PushesOpen.SelectMany(push => push.Changes).Select(change => change.Path))
            .Any(path => path.Parent.IsRoot && DiskEye.Find(site.Machine, $"{ClientSite.Root}/{path}") is not null);
    }

    private bool MissesSomethingSynced(ClientSite site)
    {
        var there = VisibleTree.Read(site.Machine, ClientSite.Root);
        return storage.RecordOf(site).Synced.Any(item => item.Value.State.IsFile && !there.ContainsKey(item.Key.ToString()));
    }

    private sealed record Emptied(DirectoryImage Image, IReadOnlyDictionary<string, EntryState> Files, bool IsMeant, bool IsInPart);
}
