using Actors.Common;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>
/// Calls to the disk that have not come back yet. One to a dead mount or a silent server may never do so, and the thread
/// that made it cannot say what it waits for: others ask here.
/// </summary>
public sealed class DiskCalls(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Pending> _pending = new();

    /// <summary>The call is over when the answer is disposed.</summary>
    public Pending Begin(string operation, RelativePath path)
    {
        var call = new Pending(this, operation, path, clock.MonotonicNanoseconds());
        lock (_gate)
            _pending.AddLast(call.Node);
        return call;
    }

    /// <summary>What lasts for longer than that already, the oldest first, in words.</summary>
    public IReadOnlyList<string> LongerThan(TimeSpan time)
    {
        var now = clock.MonotonicNanoseconds();
        lock (_gate)
        {
            return [.. _pending
                .Select(call => (call, Lasts: TimeSpan.FromTicks((now - call.BegunNs) / TimeSpan.NanosecondsPerTick)))
                .Where(item => item.Lasts > time)
                .Select(item => $"{item.call.Operation} of '{(item.call.Path.IsRoot ? "." : item.call.Path.ToString())}' has not come back for {item.Lasts.TotalSeconds:0} s")];
        }
    }

    private void End(Pending call)
    {
        lock (_gate)
            _pending.Remove(call.Node);
    }

    public sealed class Pending : IDisposable
    {
        private readonly DiskCalls _owner;

        internal Pending(DiskCalls owner, string operation, RelativePath path, long begunNs)
        {
            (_owner, Operation, Path, BegunNs) = (owner, operation, path, begunNs);
            Node = new LinkedListNode<Pending>(this);
        }

        internal string Operation { get; }
        internal RelativePath Path { get; }
        internal long BegunNs { get; }
        internal LinkedListNode<Pending> Node { get; }

        public void Dispose() => _owner.End(this);
    }
}
