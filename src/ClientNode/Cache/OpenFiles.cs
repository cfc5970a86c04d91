using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// Files that were read although they may still be written, perhaps without a notice (through a mapping, for example).
/// Each is read again now and then: more seldom while it stays as it is, and the larger it is.
/// </summary>
internal sealed class OpenFiles
{
    /// <summary>
    /// What has been left alone for so long is hardly being written: kernels change the times of what is written through a
    /// mapping about twice a minute.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const long Second = 1_000_000_000;
    private const long ShortestNs = 5 * Second, LongestNs = 60 * Second;
    private const long BytesPerSecond = 8 * 1024 * 1024;

    private readonly Dictionary<RelativePath, Turn> _turns = [];

    public IReadOnlyList<(RelativePath Path, bool IsLasting)> All => [.. _turns.Select(item => (item.Key, item.Value.IsLasting))];

    public bool Contains(RelativePath path) => _turns.ContainsKey(path);

    /// <summary>Whether the system says that it is open.</summary>
    public bool IsLasting(RelativePath path) => _turns.TryGetValue(path, out var turn) && turn.IsLasting;

    /// <summary>It was read.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="size">Of what was read.</param>
    /// <param name="isNews">It had changed.</param>
    /// <param name="isLasting">The system says that it is open; else nothing tells that, and it is given up when it has not changed for long.</param>
    /// <param name="nowNs">On the monotonic clock.</param>
    public void Note(RelativePath path, long size, bool isNews, bool isLasting, long nowNs)
    {
        var pause = !isNews && _turns.TryGetValue(path, out var turn) ? turn.PauseNs * 2 : ShortestNs;
        if (pause > LongestNs && !isLasting)
        {
            _turns.Remove(path);
            return;
        }
        pause = Math.Min(pause, LongestNs);
        _turns[path] = new Turn(nowNs + Math.Max(pause, size / BytesPerSecond * Second), pause, isLasting);
    }

    public void Forget(RelativePath path) => _turns.Remove(path);

    /// <summary>Those to be read again now. Each waits for the next <see cref="Note"/> then.</summary>
    public IReadOnlyList<(RelativePath Path, bool IsLasting)> TakeDue(long nowNs)
    {
        var due = _turns.Where(item => item.Value.DueNs <= nowNs).Select(item => (item.Key, item.Value.IsLasting)).ToList();
        foreach (var (path, _) in due)
            _turns[path] = _turns[path] with { DueNs = long.MaxValue };
        return due;
    }

    private readonly record struct Turn(long DueNs, long PauseNs, bool IsLasting);
}
