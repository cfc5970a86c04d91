namespace Actors.Bench.Nodes;

/// <summary>Notices when a file of a replica has the expected content.</summary>
internal sealed class ReplicaProbe : IDisposable
{
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly FileSystemWatcher _watcher;
    private volatile Expectation? _expected;

    public ReplicaProbe(string path, TimeProvider clock)
    {
        _path = path;
        _clock = clock;
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
        _watcher.Created += Check;
        _watcher.Changed += Check;
        _watcher.Renamed += Check;
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>The timestamp at which the content was seen.</summary>
    public Task<long> Expect(byte[] content)
    {
        var expected = new Expectation(content, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        _expected = expected;
        return expected.Seen.Task;
    }

    public void Dispose() => _watcher.Dispose();

    private void Check(object sender, FileSystemEventArgs change)
    {
        if (_expected is not { } expected || expected.Seen.Task.IsCompleted)
            return;
        long now = _clock.GetTimestamp();
        try
        {
            if (File.ReadAllBytes(_path).AsSpan().SequenceEqual(expected.Content))
                expected.Seen.TrySetResult(now);
        }
        catch (IOException)
        {
            // Not there, or being replaced: another event follows.
        }
    }

    private sealed record Expectation(byte[] Content, TaskCompletionSource<long> Seen);
}
