namespace Actors.Runtime;

/// <summary>
/// A thread of the pool that will have nothing to do in a moment. The first mailbox scheduled on it meanwhile is kept,
/// and run by this thread itself: waking another one takes longer than most turns of an actor.
/// </summary>
internal static class FreeThread
{
    [ThreadStatic]
    private static bool _keeps;

    [ThreadStatic]
    private static Mailbox? _kept;

    /// <summary>From now on one mailbox is kept. Ends with <see cref="Release"/> or <see cref="Run"/>, on the same thread.</summary>
    public static void Keep() => _keeps = Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Takes a mailbox if this thread keeps one and has none yet.</summary>
    public static bool TryKeep(Mailbox mailbox)
    {
        if (!_keeps || _kept != null)
            return false;
        _kept = mailbox;
        return true;
    }

    /// <summary>The thread has more to do after all: others run what it kept.</summary>
    public static void Release()
    {
        _keeps = false;
        if (_kept is not { } mailbox)
            return;
        _kept = null;
        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);
    }

    /// <summary>The thread is free: it runs what it kept.</summary>
    public static void Run()
    {
        _keeps = false;
        if (_kept is not { } mailbox)
            return;
        _kept = null;
        mailbox.Run();
    }
}
