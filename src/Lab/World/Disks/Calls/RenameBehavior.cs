namespace Actors.Lab.World.Disks;

public enum RenameBehavior
{
    Replace,
    NoReplace,
    Exchange,
}
