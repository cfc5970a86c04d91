using System.Globalization;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Runs;
using Actors.NodeShell;

namespace Actors.Lab.Commands;

/// <summary>Many seeds: tells how far it is, and at the end what was reached, what failed, and on how little.</summary>
/// <param name="output">For people.</param>
/// <param name="stop">Ends it early, with the totals so far.</param>
/// <param name="plant">A bug that is to be found; null: none. What it is for is found with the first.</param>
/// <param name="isComplete">The seeds that once failed as well, and nothing may be left out.</param>
internal sealed class SweepCommand(TextWriter output, Task stop, string? plant, bool isComplete)
{
    private const int ReportsMax = 3;
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShrinkFor = TimeSpan.FromSeconds(60);

    private readonly NodeSettings _settings = NodeSettings.Load();
    private readonly WallTime _time = new();
    private TimeSpan _told;

    public required ulong From { get; init; }

    /// <summary>Null: as many as fit.</summary>
    public required ulong? Count { get; init; }

    /// <summary>Null: as long as it takes.</summary>
    public required TimeSpan? Limit { get; init; }

    public int Run()
    {
        IReadOnlyList<ulong> first = isComplete ? OnceFailing.Seeds : [];
        var sweep = SeedSweep.Execute(
            first.Concat(Range().Except(first)), _settings, new PlanOptions(), SimulateCommand.Find(plant), Environment.ProcessorCount, IsOver, Tell);
        var ended = _time.Elapsed;
        output.Write(sweep.Coverage);
        foreach (var (seed, failure) in sweep.Failed.Take(ReportsMax))
            Report(seed, failure);
        if (sweep.Failed.Count > ReportsMax)
            output.WriteLine($"{sweep.Failed.Count - ReportsMax} more have failed, and were not shrunk");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sweep.Runs:N0} seeds, {sweep.Failed.Count} failed, {ended.TotalSeconds:F1} s, {ended.TotalMilliseconds / Math.Max(1, sweep.Runs):F0} ms a seed, {sweep.Steps / Math.Max(1, sweep.Runs)} steps a seed, traces {sweep.Traces:x16}"));
        if (sweep.IsCutShort && stop.IsCompleted)
        {
            output.WriteLine("INTERRUPTED: not all of it was run");
            return ExitCodes.Failure;
        }
        var missing = isComplete ? sweep.Coverage.Missing(Reach.Wanted) : [];
        foreach (var what in missing)
            output.WriteLine($"NEVER REACHED: {what}");
        return sweep.Failed.Count + missing.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private bool IsOver(SeedSweep sweep) =>
        stop.IsCompleted || _time.Elapsed > Limit || (plant is not null && sweep.Failed.Count > 0);

    private void Tell(SeedSweep sweep, ulong seed, RunResult result)
    {
        if (result.Finding is { } finding)
            output.WriteLine($"seed {seed}: {finding}");
        var now = _time.Elapsed;
        if (now < _told + TellEvery)
            return;
        _told = now;
        var ofCount = Count is { } count ? $" of {count + (isComplete ? (ulong)OnceFailing.Seeds.Count : 0):N0}" : "";
        var ofLimit = Limit is { } limit ? $" of {limit.TotalSeconds:F0}" : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sweep.Runs:N0}{ofCount} seeds, {sweep.Failed.Count} failed, {now.TotalSeconds:F0}{ofLimit} s"));
    }

    private void Report(ulong seed, RunResult failure)
    {
        var plan = PlanGenerator.Generate(seed);
        var (small, smallFailure) = (plan, failure);
        if (!stop.IsCompleted)
        {
            output.WriteLine($"shrinking seed {seed}, for {ShrinkFor.TotalSeconds} s at most; Ctrl-C ends it");
            var until = _time.Elapsed + ShrinkFor;
            _told = _time.Elapsed;
            (small, smallFailure) = Shrinker.Shrink(plan, failure, _settings, SimulateCommand.Find(plant), left => IsShrinking(until, left));
        }
        output.Write(FailureReport.Of(plan, failure, small, smallFailure, plant));
    }

    private bool IsShrinking(TimeSpan until, int itemsLeft)
    {
        var now = _time.Elapsed;
        if (now >= _told + TellEvery)
        {
            _told = now;
            output.WriteLine($"  {itemsLeft} edits and faults are left");
        }
        return now < until && !stop.IsCompleted;
    }

    private IEnumerable<ulong> Range()
    {
        for (ulong number = 0; number < (Count ?? ulong.MaxValue); number++)
            yield return From + number;
    }

    /// <summary>Real time since the sweep began.</summary>
    private sealed class WallTime
    {
        private readonly TimeProvider _clock = BootTimeProvider.Instance;
        private readonly long _begunNs;

        public WallTime() => _begunNs = _clock.MonotonicNanoseconds();

        public TimeSpan Elapsed => TimeSpan.FromTicks((_clock.MonotonicNanoseconds() - _begunNs) / 100);
    }
}
