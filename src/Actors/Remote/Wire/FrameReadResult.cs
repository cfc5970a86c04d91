namespace Actors.Remote;

/// <summary>What the bytes received so far hold.</summary>
internal enum FrameReadResult
{
    /// <summary>The next frame has not arrived whole.</summary>
    Incomplete,

    /// <summary>One frame was taken.</summary>
    Frame,

    /// <summary>The next frame announces more bytes than are allowed; the connection cannot go on.</summary>
    TooLong,
}
