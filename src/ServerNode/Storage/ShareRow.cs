namespace Actors.Server.Storage;

public sealed record ShareRow(int Id, string Name);
