using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Plants;

using Actors.Lab.World;

namespace Actors.Lab.Runs;

/// <summary>Many seeds, side by side on all cores: each run stays on one thread.</summary>
internal sealed class SeedSweep
{
    private readonly Lock _gate = new();
    private readonly NodeSettings _settings;
    private readonly PlanOptions _options;
    private readonly Func<SeedSweep, bool> _isOver;
    private readonly IEnumerator<ulong> _seeds;
    private readonly Func<Plant>? _plant;
    private readonly SortedDictionary<ulong, RunResult> _failed = [];

    private SeedSweep(IEnumerable<ulong> seeds, NodeSettings settings, PlanOptions options, Func<Plant>? plant, Func<SeedSweep, bool> isOver)
    {
        (_seeds, _settings, _options, _plant, _isOver) = (seeds.GetEnumerator(), settings, options, plant, isOver);
    }

    public Coverage Coverage { get; } = new();
    public long Runs { get; private set; }
    public long Steps { get; private set; }

    /// <summary>Of all runs' traces together, whichever came first: equal for equal seeds.</summary>
    public ulong Traces { get; private set; }

    /// <summary>It was over before all seeds were run.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>By seed.</summary>
    public IReadOnlyDictionary<ulong, RunResult> Failed => _failed;

    /// <param name="seeds">Taken as long as it is not over.</param>
    /// <param name="settings">Of the nodes.</param>
    /// <param name="options">How large each run is.</param>
    /// <param name="plant">Makes a bug that is to be found, for each run; null: none.</param>
    /// <param name="threads">How many runs at once.</param>
    /// <param name="isOver">Asked before each run.</param>
    /// <param name="done">Told after each run, one at a time.</param>
    public static SeedSweep Execute(
        IEnumerable<ulong> seeds, NodeSettings settings, PlanOptions options, Func<Plant>? plant, int threads, Func<SeedSweep, bool> isOver,
        Action<SeedSweep, ulong, RunResult>? done = null)
    {
        var sweep = new SeedSweep(seeds, settings, options, plant, isOver);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => sweep.Work(done))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return sweep;
    }

    private void Work(Action<SeedSweep, ulong, RunResult>? done)
    {
        while (TryNext(out var seed))
        {
            var result = SeedRun.Execute(PlanGenerator.Generate(seed, _options), _settings, plant: _plant?.Invoke());
            lock (_gate)
            {
                Runs++;
                Steps += result.Steps;
                Traces += new SeededRandomSource(seed ^ result.TraceHash).NextUInt64();
                Coverage.Add(result.Coverage);
                if (result.Finding is not null)
                    _failed.Add(seed, result);
                done?.Invoke(this, seed, result);
            }
        }
    }

    private bool TryNext(out ulong seed)
    {
        lock (_gate)
        {
            if (!_seeds.MoveNext())
            {
                seed = 0;
                return false;
            }
            seed = _seeds.Current;
            IsCutShort = IsCutShort || _isOver(this);
            return !IsCutShort;
        }
    }
}
