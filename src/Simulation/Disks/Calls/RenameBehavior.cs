namespace Actors.Simulation.Disks;

public enum RenameBehavior
{
    Replace,
    NoReplace,
    Exchange,
}
