using Actors.Client.Files;
using Actors.Client.State;
using Actors.Client.Storage;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>
/// Carries out orders, many at a time: new content is staged and made durable, the intents are stored, and only then
/// names change. A crash at any instant leaves what <see cref="Recovery"/> can tell apart.
/// </summary>
/// <param name="disk">Files and state.</param>
/// <param name="nextId">Of the next intent; above all that are stored.</param>
public sealed class Applier(ReplicaDisk disk, long nextId)
{
    private const int Permissions = 0x1ff;
    private const int NewFileMode = 0x1b6; // rw for all, less what the process's mask takes away

    private readonly Placer _placer = new(disk);
    private long _nextId = nextId;

    /// <param name="orders">One for each path at most, in an order that keeps the tree whole.</param>
    /// <param name="changes">Stored together with the intents: whatever is owed from before.</param>
    public IReadOnlyList<ApplyOutcome> Run(IReadOnlyList<ApplyOrder> orders, ReplicaChanges changes)
    {
        disk.OweCommit();
        var outcomes = new List<ApplyOutcome>(orders.Count);
        var staged = new List<(ApplyOrder Order, Intent Intent)>(orders.Count);
        var flushOneByOne = !ReplicaDisk.ShouldFlushAll(disk.Traits, orders.Count(order => order.Entry.State.IsFile));
        foreach (var order in orders)
        {
            var intent = new Intent(_nextId++, order.Entry, order.Expected, order.CopyName, order.IsCopyOwed);
            if (order.Entry.State.IsFile && TryStage(order, intent.Id, flushOneByOne) is { } refused)
                outcomes.Add(refused);
            else
                staged.Add((order, intent));
        }
        // The names too: an update whose staged file is gone counts as carried out.
        if (!flushOneByOne)
            disk.Files.FlushAll();
        else if (staged.Exists(item => item.Order.Entry.State.IsFile))
            disk.Files.FlushDirectory(ReplicaLayout.Staging);
        changes.Intents.AddRange(staged.Select(item => item.Intent));
        disk.Commit(changes);
        outcomes.AddRange(staged.Select(item => _placer.Place(item.Order, item.Intent.Id)));
        // Not one by one: where the disk fails in between nobody hears of the outcomes, and recovery has to find them.
        foreach (var (_, intent) in staged)
            disk.NoteDone(intent);
        return outcomes;
    }

    /// <summary>Null: it is staged.</summary>
    private ApplyOutcome.Refused? TryStage(ApplyOrder order, long id, bool flush)
    {
        try
        {
            Stage(order, id, flush);
            return null;
        }
        catch (FileFaultException e) when (!e.StopsTheNodeWhileStaging)
        {
            _ = disk.Files.Delete(StagedAs(id));
            return new ApplyOutcome.Refused(order, e.Reason);
        }
    }

    private RelativePath StagedAs(long id) => disk.Traits.ExchangesNames ? ReplicaLayout.Staged(id) : ReplicaLayout.StagedApart(id);

    private void Stage(ApplyOrder order, long id, bool flush)
    {
        var path = StagedAs(id);
        // Who could run or write the file before can do so afterwards.
        var mode = order.Expected.IsFile && disk.Files.Stat(order.Entry.Path) is { IsRegular: true } before ? before.Mode & Permissions : (int?)null;
        if (order.Source.StagedName is { } part)
        {
            _ = disk.Files.Rename(ReplicaLayout.InStaging(part), path, RenameMode.Replace);
            if (mode is { } same && disk.Files.OpenRead(path) is { } file)
            {
                using (file)
                    file.SetMode(same);
            }
            return;
        }
        _ = disk.Files.Delete(path);
        using var created = disk.Files.Create(path, NewFileMode);
        created.Write(0, order.Source.Inline!.Value.Span);
        if (mode is { } kept)
            created.SetMode(kept);
        if (flush)
            created.Flush();
    }
}
