namespace Actors.Remote;

/// <summary>What the sockets are set to; 0 leaves a size to the operating system.</summary>
/// <param name="Backlog">How many connections may wait to be accepted.</param>
/// <param name="SendBufferBytes">The system's buffer for what is sent.</param>
/// <param name="ReceiveBufferBytes">The system's buffer for what is received.</param>
/// <param name="ThreadsMax">How many connections have threads of their own; the others share the pool's.</param>
internal sealed record TcpSettings(int Backlog = 1024, int SendBufferBytes = 0, int ReceiveBufferBytes = 0, int ThreadsMax = 0);
