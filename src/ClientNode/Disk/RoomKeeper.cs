using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>
/// Keeps orders from the disk that would take its reserve: very many small files fill it as one large file does. What was
/// fetched lies there already, and what is in a directory that is refused cannot be put there either.
/// </summary>
internal sealed class RoomKeeper(DiskRoom room)
{
    /// <summary>Those that have room, in their order, and the outcomes of the others.</summary>
    public (IReadOnlyList<ApplyOrder> Fitting, IReadOnlyList<ApplyOutcome> Refused) Divide(IReadOnlyList<ApplyOrder> orders)
    {
        if (!orders.Any(TakesRoom))
            return (orders, []);
        var (bytes, files) = (room.FreeBytes(), room.FreeFiles());
        var fitting = new List<ApplyOrder>(orders.Count);
        var refused = new List<ApplyOutcome>();
        var refusedPaths = new HashSet<RelativePath>();
        foreach (var order in orders)
        {
            var path = order.Entry.Path;
            var needed = TakesRoom(order) ? DiskRoom.BytesOf(order.Source.Inline?.Length ?? 0) : 0;
            if (needed > 0 && (needed > bytes || files < 1))
            {
                refusedPaths.Add(path);
                refused.Add(new ApplyOutcome.Refused(order, $"the disk is too full for it: {Math.Max(0, bytes) >> 10} KiB and {Math.Max(0, files)} files are free beside the reserve"));
            }
            else if (refusedPaths.Count > 0 && path.Ancestors.Any(refusedPaths.Contains))
            {
                refused.Add(new ApplyOutcome.Refused(order, "the disk is too full for its directory"));
            }
            else
            {
                fitting.Add(order);
                bytes -= needed;
                files -= needed > 0 ? 1 : 0;
            }
        }
        return (fitting, refused);
    }

    private static bool TakesRoom(ApplyOrder order) => order.Entry.State.IsFolder || order.Source.Inline is not null;
}
