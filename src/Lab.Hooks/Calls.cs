using System.Collections.Concurrent;
using System.Diagnostics;

// Outside of a world these are the system's own.
#pragma warning disable RS0030

namespace Actors.Lab.Hooks;

/// <summary>
/// What woven code calls in place of the system: in a simulated process, the process answers. The weaver finds the method
/// for a call by the names of its type and method.
/// </summary>
public static class Calls
{
    public static DateTime DateTimeUtcNow() => RunningProcess.Current is { } process ? process.UtcNow.UtcDateTime : DateTime.UtcNow;

    public static DateTime DateTimeNow() => RunningProcess.Current is { } process ? process.UtcNow.UtcDateTime : DateTime.Now;

    public static DateTimeOffset DateTimeOffsetUtcNow() => RunningProcess.Current is { } process ? process.UtcNow : DateTimeOffset.UtcNow;

    public static TimeSpan StopwatchElapsed(Stopwatch stopwatch) => RunningProcess.Current is { } process ? process.Monotonic : stopwatch.Elapsed;

    public static long StopwatchElapsedMilliseconds(Stopwatch stopwatch) => (long)StopwatchElapsed(stopwatch).TotalMilliseconds;

    public static long StopwatchElapsedTicks(Stopwatch stopwatch) =>
        RunningProcess.Current is { } process ? process.Monotonic.Ticks : stopwatch.ElapsedTicks;

    public static Random ThreadLocalValue(ThreadLocal<Random> random) => RunningProcess.Current is { } process ? process.Random : random.Value!;

    public static TaskScheduler TaskSchedulerDefault() => RunningProcess.Current?.TaskScheduler ?? TaskScheduler.Default;

    public static void CancellationTokenSourceCancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        if (RunningProcess.Current is not { } process)
            source.CancelAfter(delay);
        else if (delay >= TimeSpan.Zero)
            process.Schedule(delay, () => Cancel(source));
    }

    public static bool TaskWait(Task task, TimeSpan limit) => RunningProcess.Current is { } process ? process.RunUntilEnd(task) : task.Wait(limit);

    public static bool TaskWaitAll(Task[] tasks, TimeSpan limit) =>
        RunningProcess.Current is { } process ? process.RunUntilEnd(Task.WhenAll(tasks)) : Task.WaitAll(tasks, limit);

    /// <summary>A number out of a counter that all systems of a real process share.</summary>
    public static int Counter(string name) => RunningProcess.Current is { } process ? process.NextNumber(name) : Counters.Next(name);

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Disposed before its time came: there is nothing left to cancel.
        }
    }
}

/// <summary>Counters by name.</summary>
internal static class Counters
{
    private static readonly ConcurrentDictionary<string, int> Numbers = new();

    public static int Next(string name) => Numbers.AddOrUpdate(name, 1, static (_, number) => number + 1);
}
