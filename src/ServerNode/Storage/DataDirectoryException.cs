namespace Actors.Server.Storage;

/// <summary>The data directory cannot be used; the message says why and what to do.</summary>
public sealed class DataDirectoryException(string message) : Exception(message);
