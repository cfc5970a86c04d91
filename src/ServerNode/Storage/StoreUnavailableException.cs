namespace Actors.Server.Storage;

/// <summary>The store cannot write now (disk full, an I/O error): nothing was decided, and trying later may help.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
