using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>The file system failed in a way that the operation's results do not name.</summary>
public sealed class FileFaultException(FileFault fault, string operation, RelativePath path, string detail)
    : IOException($"{operation} of '{(path.IsRoot ? "." : path.ToString())}': {detail}")
{
    public FileFault Fault { get; } = fault;
    public RelativePath Path { get; } = path;

    /// <summary>
    /// Whether it concerns more than the one path and what is below it: the whole file system, the process, the replica's
    /// root or the node's own directory.
    /// </summary>
    public bool StopsTheNode => Fault.IsOfAll() || Path.IsRoot || Path.IsReserved;

    /// <summary>
    /// The same for a file of the node's own that gets the content of one path: the content may be what does not fit, or a
    /// place of the disk that is broken, and the next file is written elsewhere.
    /// </summary>
    public bool StopsTheNodeWhileStaging => StopsTheNode && Fault is not (FileFault.TooLarge or FileFault.Damaged or FileFault.Failed);

    /// <summary>Why the path is held.</summary>
    public string Reason => Fault.Reason(Message);

    /// <summary>The fault, where it is an answer about the one path.</summary>
    /// <exception cref="FileFaultException">It is none.</exception>
    public FileFault OrThrow() => Fault.IsOfAll() || (Fault.IsOfTheDisk() && StopsTheNode) ? throw this : Fault;
}
