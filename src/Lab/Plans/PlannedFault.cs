namespace Actors.Lab.Plans;

/// <summary>Something that the world does.</summary>
/// <param name="Number">Names it in traces.</param>
/// <param name="At">When it begins.</param>
/// <param name="Kind">What.</param>
/// <param name="Node">To whom: 0 is the server, from 1 the clients.</param>
/// <param name="Lasts">For how long.</param>
/// <param name="Amount">How much of it: a number from 0 to 999 that each kind reads in its way.</param>
internal sealed record PlannedFault(int Number, TimeSpan At, FaultKind Kind, int Node, TimeSpan Lasts, int Amount)
{
    /// <summary>An amount beyond those that are drawn: of what was emptied every second file is put back.</summary>
    public const int PutBackInPart = 1_001;

    public override string ToString() => $"fault {Number} {Kind} {(Node == 0 ? "server" : $"client-{Node}")} for {Lasts.TotalSeconds:F1} s ({Amount})";
}

/// <summary>What the world does to the nodes.</summary>
internal enum FaultKind
{
    /// <summary>A process ends as by SIGKILL, at a call to its disk or between two messages, and is started again.</summary>
    Crash,
    /// <summary>A machine's power is gone, at such a place, and comes back.</summary>
    PowerLoss,
    /// <summary>A node is told to stop, stops in order, and is started again.</summary>
    Restart,
    /// <summary>A process stands still, as by SIGSTOP.</summary>
    Pause,
    ClockJump,
    ClockDrift,
    /// <summary>Nothing passes between a client and the server.</summary>
    Partition,
    /// <summary>Nothing passes in one direction.</summary>
    OneWayPartition,
    /// <summary>All connections of a client break; bytes on their way are lost.</summary>
    Reset,
    /// <summary>A link becomes very slow for a while.</summary>
    Stall,
    /// <summary>Messages are lost on connections that live.</summary>
    LoseMessages,
    DiskFull,
    /// <summary>Calls to the disk fail now and then.</summary>
    DiskErrors,
    /// <summary>A file's mode forbids the node to read it.</summary>
    Denied,
    /// <summary>Notices of changes on disk are lost, and an overflow says so.</summary>
    WatchOverflow,
    /// <summary>Notices of changes on disk come late.</summary>
    WatchLate,
    /// <summary>A backup of the server's data is taken, and put back later.</summary>
    ServerRestored,
    /// <summary>A backup of a replica is taken, and put back later.</summary>
    ReplicaRestored,
    /// <summary>A replica is copied to a machine of its own, and a client runs there.</summary>
    ReplicaCopied,
    /// <summary>The same with a clone of the machine: nothing but the server can tell the two apart.</summary>
    MachineCloned,
    /// <summary>The machine loses power, and the client is back before any other node knows that it was gone.</summary>
    QuickRestart,
    /// <summary>A replica is emptied at one go; later its files are put back, or the user says that it was meant.</summary>
    ReplicaEmptied,
    /// <summary>A machine is slow to take what is sent to it, and the sender has to wait.</summary>
    SlowReceiver,
    /// <summary>A user starts a second client on a replica whose node runs.</summary>
    SecondProcess,
    /// <summary>A file is written a second time in the tick of the file system's clock in which it was read, and the notice of that is lost.</summary>
    SharedTick,
    /// <summary>A machine loses power right after its node has stored that something is done.</summary>
    PowerLossAtRecord,
    /// <summary>The next Join, Welcome, PushAccepted or page of a client is lost, once or twice, mostly right after a reset.</summary>
    LoseNext,
    /// <summary>A directory is moved out of a replica and back, with a link in its place, or while the server or the node is away.</summary>
    DirectoryAway,
    /// <summary>Another file system is mounted over a directory for a while.</summary>
    DirectoryMounted,
    /// <summary>A directory's mode forbids the node to look into it.</summary>
    DirectoryDenied,
    /// <summary>A node crashes between carrying out an update and storing that, and the user saves on top of it; or its disk is full just then.</summary>
    SavedOnTop,
    /// <summary>A node crashes between carrying out a deletion and storing that, and the user makes the file again.</summary>
    MadeAgain,
    /// <summary>One sync of a replica's directory fails, when an update is about to be stored as done.</summary>
    SyncFails,
    /// <summary>Some calls of a node fail at one path, and at what is below it.</summary>
    BadPath,
    /// <summary>The server's data directory is moved away or removed while the server runs, and is put back as it was then.</summary>
    ServerDataAway,
}
