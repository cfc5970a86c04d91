namespace Actors.Lab.Plans;

/// <summary>A file that is in a replica before its client runs for the first time. Equal numbers have equal content.</summary>
internal sealed record InitialFile(int Client, string Path, int Content, int Bytes);
