using System.Text;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Content;

namespace Actors.Lab.Faults;

/// <summary>Directories that are put back from a backup, or copied elsewhere while nodes run on them.</summary>
internal sealed class Restorations(
    SimulatedWorld world, Cluster cluster, Writings writings, ServerHistory history, RecordedStorage storage, CursorChecker cursors,
    WholeFileChecker wholeFiles, Action<ClientSite> added)
{
    private const int CopiesMax = 2;
    private const string DataAside = "/srv/aside";
    private static readonly TimeSpan StartAfter = TimeSpan.FromSeconds(1);

    private int _copies;
    private bool _isOver;

    // Null: the server's data lies in its place.
    private DirectoryImage? _dataAway;

    public void End()
    {
        _isOver = true;
        EndDataAway();
    }

    public bool OfServer(PlannedFault fault)
    {
        if (!cluster.Server.Machine.HasPower || _dataAway is not null)
            return false;
        var image = DirectoryImage.Take(cluster.Server.Machine, ServerSite.Data);
        world.Schedule(fault.Lasts, () =>
        {
            if (!_isOver && cluster.Server.Machine.HasPower)
                RestoreServer(image);
        });
        return true;
    }

    public bool OfReplica(PlannedFault fault, ClientSite site)
    {
        if (!site.Machine.HasPower)
            return false;
        var image = DirectoryImage.Take(site.Machine, ClientSite.Root);
        world.Schedule(fault.Lasts, () =>
        {
            if (!_isOver && site.Machine.HasPower)
                RestoreReplica(site, image);
        });
        return true;
    }

    public bool CopyReplica(ClientSite original, bool isClone)
    {
        // No user copies an empty replica; and the copy of an emptied one would ask its own user, and it has none.
        if (_copies >= CopiesMax || !original.Machine.HasPower || VisibleTree.Read(original.Machine, ClientSite.Root).Count == 0)
            return false;
        _copies++;
        wholeFiles.NoteCopied(original);
        var name = $"copy-{_copies}";
        var copy = cluster.AddClient(name, isClone ? original.MachineId : $"machine-of-{name}", original.Place);
        var image = DirectoryImage.Take(original.Machine, ClientSite.Root);
        MakeRoot(copy, isClone ? image.OwnInode : 0);
        image.PutBack(copy.Machine, ClientSite.Root);
        if (isClone)
            BeginSomething(copy);
        added(copy);
        copy.Start();
        return true;
    }

    /// <summary>The user of a clone works with it: its next push is not the same as its original's.</summary>
    private void BeginSomething(ClientSite clone)
    {
        var hand = new UserHand(clone.Machine, user: 0, writings);
        var file = hand.OpenToWrite($"{clone.Name}.txt", truncate: true);
        hand.Write(file, Encoding.ASCII.GetBytes($"<begun on {clone.Name}>"));
        hand.Close(file, world.Now, edit: 0);
        hand.Kill();
    }

    /// <summary>The server's data is gone from its place, and there is something else or nothing; false where it is away already.</summary>
    public bool TakeDataAway(PlannedFault fault)
    {
        var machine = cluster.Server.Machine;
        if (_isOver || !machine.HasPower || _dataAway is not null)
            return false;
        world.Trace.Add(world.Now, "the server's data is taken away");
        _dataAway = DirectoryImage.Take(machine, ServerSite.Data);
        var hand = machine.Disk.StartProcess("operator");
        if (fault.Amount % 2 == 0)
            hand.Rename(ServerSite.Data, DataAside);
        else
            DirectoryImage.ClearVisible(machine, ServerSite.Data);
        var isEmptyThere = hand.Stat(ServerSite.Data) is not null;
        if (fault.Amount / 2 % 2 == 0 && isEmptyThere)
            hand.RemoveDirectory(ServerSite.Data);
        else if (fault.Amount / 2 % 2 != 0 && !isEmptyThere)
            _ = hand.TryMakeDirectory(ServerSite.Data); // The disk may be full.
        hand.SyncAll();
        hand.Kill();
        return true;
    }

    /// <summary>A server that runs on data which was moved goes on; one whose data was removed has to start anew.</summary>
    public void EndDataAway()
    {
        if (!cluster.Server.Machine.HasPower || PutDataBack() || !cluster.Server.IsUp)
            return;
        cluster.Server.Kill();
        world.Schedule(StartAfter, cluster.Server.Start);
    }

    /// <summary>The operator does so before each start of the server. False where it is not the directory that was there.</summary>
    public bool PutDataBack()
    {
        if (_dataAway is not { } image)
            return true;
        var machine = cluster.Server.Machine;
        world.Trace.Add(world.Now, "the server's data is put back as it was");
        _dataAway = null;
        // The operator who puts the data back makes room for it.
        machine.Disk.CapacityBytes = Math.Max(machine.Disk.CapacityBytes, machine.Disk.UsedBytes + Inode.OverheadBytes);
        var hand = machine.Disk.StartProcess("operator");
        var isAside = hand.Stat(DataAside) is not null;
        if (isAside && hand.Stat(ServerSite.Data) is not null)
            hand.RemoveDirectory(ServerSite.Data);
        if (isAside)
            hand.Rename(DataAside, ServerSite.Data);
        else if (hand.Stat(ServerSite.Data) is null)
            hand.MakeDirectory(ServerSite.Data);
        hand.SyncAll();
        hand.Kill();
        if (!isAside)
            image.PutBack(machine, ServerSite.Data);
        return isAside;
    }

    private void RestoreServer(DirectoryImage image)
    {
        _ = PutDataBack();
        world.Trace.Add(world.Now, "the server's data is put back from a backup");
        var server = cluster.Server;
        server.Kill();
        image.PutBack(server.Machine, ServerSite.Data);
        history.IsRestored = true;
        world.Schedule(StartAfter, server.Start);
    }

    /// <summary>Of what the backup does not have, what is on no disk any more is gone with the epoch.</summary>
    public void Excuse(IReadOnlyDictionary<ContentRef, bool> gone)
    {
        var onDisks = cluster.ContentsOnDisks();
        writings.Excuse(writing => gone.TryGetValue(writing.Content, out var wasNewest) && (!wasNewest || !onDisks.Contains(writing.Content)));
    }

    private void RestoreReplica(ClientSite site, DirectoryImage image)
    {
        world.Trace.Add(world.Now, $"the replica of {site.Name} is put back from a backup");
        if (storage.RecordOf(site).Identity is { } identity)
            cursors.Forget(site.Name, identity.Id);
        site.Kill();
        cluster.UserOf(site)?.Abandon();
        var before = VisibleTree.Read(site.Machine, ClientSite.Root);
        image.PutBack(site.Machine, ClientSite.Root);
        var after = VisibleTree.Read(site.Machine, ClientSite.Root);
        foreach (var path in before.Keys.Union(after.Keys))
        {
            var (was, now) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            if (was != now && (was.IsFile || now.IsFile))
                writings.Put(site.Name, path, was.IsFile ? was.Content : null, now.IsFile ? now.Content : null);
        }
        writings.Excuse(writing => writing.Machine == site.Name && !history.Holds(writing.Content));
        world.Schedule(StartAfter, site.Start);
    }

    /// <summary>The replica's directory, made so that its own directory gets a certain inode.</summary>
    private static void MakeRoot(ClientSite site, ulong ownInode)
    {
        var hand = site.Machine.Disk.StartProcess("setup");
        hand.MakeDirectory(ClientSite.Home);
        hand.MakeDirectory(ClientSite.Root);
        var fillers = new List<DiskPath>();
        while (ownInode > 0)
        {
            DiskPath filler = $"{ClientSite.Home}/filler-{fillers.Count}";
            hand.MakeDirectory(filler);
            fillers.Add(filler);
            if (hand.Stat(filler)!.Value.Inode >= ownInode)
                break;
        }
        if (fillers.Count > 0)
            hand.RemoveDirectory(fillers[^1]);
        hand.SyncAll();
        hand.Kill();
    }
}
