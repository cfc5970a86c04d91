namespace Actors.Lab.World.Disks;

/// <summary>The process that called is dead. Nothing that it does from here on has an effect.</summary>
public sealed class ProcessKilledException(string process) : Exception($"{process} was killed");
