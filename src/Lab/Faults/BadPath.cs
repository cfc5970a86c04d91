using Actors.Lab.Nodes;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Faults;

/// <summary>A path of a replica where some calls of its node fail, while users do as they like there.</summary>
internal sealed class BadPath(BadPathKind kind, DiskPath path)
{
    private static readonly DiskPath Staging = (DiskPath)ClientSite.Root / ".actors/staging";

    private DiskPath? _tooLarge;

    public BadPathKind Kind => kind;

    public static string NameOf(BadPathKind kind) => $"bad path: {kind}";

    /// <summary>None: the call goes on.</summary>
    public DiskError ErrorOf(DiskCall call) => kind switch
    {
        BadPathKind.Closed => IsIn(call) && (!IsAt(call) || NeedsToOpen(call.Operation)) ? DiskError.Access : DiskError.None,
        BadPathKind.Gone => IsIn(call) ? DiskError.NotConnected : DiskError.None,
        BadPathKind.Unreadable => IsIn(call) && call.Operation is DiskOperation.Read or DiskOperation.List ? DiskError.InputOutput : DiskError.None,
        BadPathKind.Encrypted => IsIn(call) && NeedsToOpen(call.Operation) ? DiskError.KeyMissing : DiskError.None,
        BadPathKind.Unflushable => IsIn(call) && call.Operation is DiskOperation.Sync or DiskOperation.SyncDirectory ? DiskError.InputOutput : DiskError.None,
        BadPathKind.Unchangeable => IsIn(call) && ChangesNames(call.Operation) ? DiskError.InputOutput : DiskError.None,
        BadPathKind.TooLarge => IsTooLarge(call) ? DiskError.TooLarge : DiskError.None,
        _ => DiskError.None,
    };

    private bool IsIn(DiskCall call) => call.At.IsWithin(path) || call.To?.IsWithin(path) == true;

    private bool IsAt(DiskCall call) => (call.To ?? call.At) == path || call.At == path;

    private static bool NeedsToOpen(DiskOperation operation) =>
        operation is DiskOperation.Open or DiskOperation.List or DiskOperation.Watch or DiskOperation.SyncDirectory;

    private static bool ChangesNames(DiskOperation operation) =>
        operation is DiskOperation.Rename or DiskOperation.Unlink or DiskOperation.MakeDirectory or DiskOperation.RemoveDirectory;

    /// <summary>The next file of the staging area that is written, whatever path it is for.</summary>
    private bool IsTooLarge(DiskCall call)
    {
        if (call.Operation is not (DiskOperation.Write or DiskOperation.SetLength) || !call.At.IsWithin(Staging))
            return false;
        _tooLarge ??= call.At;
        return _tooLarge == call.At;
    }
}
