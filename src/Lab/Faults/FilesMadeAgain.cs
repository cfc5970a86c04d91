using System.Text;
using Actors.Client.Storage;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Faults;

/// <summary>
/// The moment between a deletion that a node has carried out and the record of it: the node crashes in it, and its user has
/// the file back from elsewhere before the node is started again.
/// </summary>
internal sealed class FilesMadeAgain(SimulatedWorld world, Cluster cluster, RecordedStorage storage, ConflictChecker conflicts, Coverage coverage)
{
    private static readonly TimeSpan MakeAfter = TimeSpan.FromMilliseconds(50);

    // A node stores what it has done 30 ms later.
    private const int CrashAfterMaxMs = 25;

    private readonly Dictionary<ClientSite, (PlannedFault Fault, Action<TimeSpan, Action> Later)> _armed = [];

    /// <summary>Waits for the next deletion.</summary>
    public bool Begin(PlannedFault fault, ClientSite site, Action<TimeSpan, Action> later) => site.IsUp && _armed.TryAdd(site, (fault, later));

    /// <summary>A node has taken a name that people see from a file.</summary>
    public void Moved(ClientSite site, RelativePath from, RelativePath to)
    {
        if (!to.IsReserved || storage.RecordOf(site).Intents.Values.FirstOrDefault(intent => intent.Entry.Path == from) is not { Entry.State.IsAbsent: true } intent
            || !_armed.Remove(site, out var armed))
            return;
        var (fault, later) = armed;
        var bytes = DiskEye.Read(site.Machine, $"{ClientSite.Root}/{to}");
        later(TimeSpan.FromMilliseconds(1 + fault.Amount % CrashAfterMaxMs), () =>
        {
            if (!site.IsUp)
                return;
            if (!storage.RecordOf(site).Intents.ContainsKey(intent.Id))
            {
                // It is stored already: the next one.
                _armed.TryAdd(site, armed);
                return;
            }
            world.Trace.Add(world.Now, $"{site.Name} crashes after the deletion of {from}");
            site.Kill();
            later(MakeAfter, () => Make(fault, site, intent, bytes ?? []));
            later(MakeAfter + fault.Lasts, site.Start);
        });
    }

    /// <summary>What has not come yet does not come any more.</summary>
    public void End() => _armed.Clear();

    private void Make(PlannedFault fault, ClientSite site, Intent intent, byte[] bytes)
    {
        var path = intent.Entry.Path;
        var name = path.ToString();
        if (site.IsUp || !site.Machine.HasPower || cluster.UserOf(site) is not { IsAway: false } user || Find(site, path) is not null)
            return;
        try
        {
            user.Hand.MakeDirectory(path.Parent.IsRoot ? "" : path.Parent.ToString());
            var file = user.Hand.OpenToWrite(name, truncate: true);
            using var closed = file.Descriptor;
            user.Hand.Write(file, fault.Amount % 4 > 0 ? bytes : Encoding.ASCII.GetBytes($"<fault {fault.Number} makes it again>"));
            user.Hand.Close(file, world.Now, edit: 0);
        }
        catch (DiskException e)
        {
            world.Trace.Add(world.Now, $"fault {fault.Number} cannot make {path}: {e.Error}");
            return;
        }
        coverage.Reached(Races.MadeAgain);
        conflicts.MadeAgain(site, path, Find(site, path)!.Number, intent.Entry.Version);
    }

    private static Inode? Find(ClientSite site, RelativePath path) => DiskEye.Find(site.Machine, $"{ClientSite.Root}/{path}");
}
