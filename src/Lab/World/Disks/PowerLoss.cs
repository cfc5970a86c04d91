namespace Actors.Lab.World.Disks;

/// <summary>What a loss of power took: changes of names, and files whose bytes are not what was seen last.</summary>
public readonly record struct PowerLoss(int NameChanges, int Files);
