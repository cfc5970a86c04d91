using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

/// <summary>
/// Files that a writer has closed. The kernel tells that a file is closed a moment before it counts one writer less. Whoever
/// comes in between finds it open, and hears nothing more of it: it is looked at again, a few times and soon.
/// </summary>
/// <param name="lookAgainNs">After so long, and then after twice the pause each time.</param>
internal sealed class ClosedFiles(long lookAgainNs)
{
    private const int LooksMax = 7;

    // How often each was found open since.
    private readonly Dictionary<RelativePath, int> _closed = [];

    public void Add(RelativePath path) => _closed[path] = 0;

    public void Forget(RelativePath path) => _closed.Remove(path);

    /// <summary>It was found open. True where that may be over at once: look again then.</summary>
    public bool IsClosing(RelativePath path, long nowNs, out long againNs)
    {
        againNs = 0;
        if (!_closed.TryGetValue(path, out var looks))
            return false;
        if (looks == LooksMax)
        {
            _closed.Remove(path);
            return false;
        }
        _closed[path] = looks + 1;
        againNs = nowNs + (lookAgainNs << looks);
        return true;
    }
}
