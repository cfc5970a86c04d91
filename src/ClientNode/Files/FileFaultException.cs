using Actors.Replication.Tree;

namespace Actors.Client.Files;

/// <summary>The file system failed in a way that the operation's results do not name.</summary>
public sealed class FileFaultException(FileFault fault, string operation, RelativePath path, string detail)
    : IOException($"{operation} of '{(path.IsRoot ? "." : path.ToString())}': {detail}")
{
    public FileFault Fault { get; } = fault;
    public RelativePath Path { get; } = path;

    /// <summary>Whether the whole file system is affected, not the one path.</summary>
    public bool StopsTheNode => Fault is FileFault.NoSpace or FileFault.ReadOnly or FileFault.Failed;
}
