namespace Actors.Remote;

/// <summary>Where a transport listens, as numbers.</summary>
internal readonly record struct ListenAddress(string Hostname, int Port);
