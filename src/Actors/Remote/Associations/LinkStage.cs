namespace Actors.Remote;

/// <summary>How far a link has come.</summary>
internal enum LinkStage
{
    /// <summary>The TCP connection is being opened.</summary>
    Connecting,

    /// <summary>ASSOCIATE was sent, the answer has not come.</summary>
    Greeting,

    /// <summary>Both sides know each other; messages flow.</summary>
    Up,
}
