namespace Actors.Remote;

/// <summary>What the sockets are set to; 0 leaves a size to the operating system.</summary>
internal sealed record TcpSettings(int Backlog = 1024, int SendBufferBytes = 0, int ReceiveBufferBytes = 0);
