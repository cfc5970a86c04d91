namespace Actors.Lab.World.Disks;

/// <summary>
/// Stands between a process and its disk: whatever the world does "at any call" happens here. Both methods may use the
/// disk as another process, and may kill the caller.
/// </summary>
public interface IDiskGate
{
    /// <summary>Before the call has any effect. An error fails it.</summary>
    DiskError Before(DiskCall call);

    /// <summary>After the call's effect, before the caller knows.</summary>
    void After(DiskCall call);
}
