namespace Actors.Server.Storage;

/// <summary>What is stored contradicts itself or is of another version: the server must not go on with it.</summary>
public sealed class StoreCorruptException(string message, Exception? cause = null) : Exception(message, cause);
