namespace Actors.Remote;

/// <summary>What became of bytes given to a connection.</summary>
internal enum WriteResult
{
    /// <summary>They were taken; the memory is free again.</summary>
    Done,

    /// <summary>They are being taken; <see cref="IConnectionHandler.OnWritten"/> says when, even if the connection breaks.</summary>
    Pending,

    /// <summary>The connection is at its end; nothing more can be written.</summary>
    Broken,
}
