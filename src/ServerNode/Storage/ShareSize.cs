namespace Actors.Server.Storage;

public sealed record ShareSize(long Files, long Folders, long Bytes);
