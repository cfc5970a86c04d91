namespace Actors.Lab.World.Network;

/// <summary>How bytes get from one machine to another at present; the way back has conditions of its own.</summary>
internal sealed class LinkConditions
{
    /// <summary>Each write takes a time between the minimum and the maximum, evenly distributed.</summary>
    public TimeSpan LatencyMin { get; set; } = TimeSpan.FromMicroseconds(50);

    public TimeSpan LatencyMax { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>One write in so many takes up to <see cref="TailLatency"/> instead; 0: none does.</summary>
    public int TailOneIn { get; set; } = 50;

    public TimeSpan TailLatency { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>0: no limit.</summary>
    public long BytesPerSecond { get; set; }

    /// <summary>
    /// One message in so many is lost while its connection lives, as at-most-once delivery allows; 0: none is. Only
    /// whole frames that carry a message are lost, not those that set up or keep a connection.
    /// </summary>
    public int LoseOneIn { get; set; }

    /// <summary>The receiver reads at most so many bytes at once, and then nothing for <see cref="ReceiverPause"/>.</summary>
    public int ReceiverBytesMax { get; set; } = int.MaxValue;

    /// <summary>Zero: the receiver is never slow.</summary>
    public TimeSpan ReceiverPause { get; set; }

    /// <summary>Nothing passes: bytes and attempts to connect wait until it is over, as TCP repeats them.</summary>
    public bool IsBlocked { get; internal set; }

    internal TimeSpan FreeAt { get; set; }
}
