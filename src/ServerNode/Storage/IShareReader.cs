namespace Actors.Server.Storage;

/// <summary>Opens snapshots, one at a time.</summary>
public interface IShareReader : IDisposable
{
    /// <summary>The store as it is now, unmoved by later commits until it is disposed of.</summary>
    IShareSnapshot Snapshot();
}
