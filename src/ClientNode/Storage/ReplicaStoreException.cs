namespace Actors.Client.Storage;

/// <summary>A replica's state cannot be read or written.</summary>
public sealed class ReplicaStoreException(string message, bool isDiskFull, Exception? inner = null) : Exception(message, inner)
{
    public bool IsDiskFull { get; } = isDiskFull;
}
