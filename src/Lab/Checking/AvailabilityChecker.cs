using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World;

namespace Actors.Lab.Checking;

/// <summary>A node whose disk works does not end by itself.</summary>
internal sealed class AvailabilityChecker(SimulatedWorld world, Findings findings, Coverage coverage)
{
    public const string Name = "availability";

    private const string StoppedForTheDisk = "Stopped: ";
    private const string UntilFixed = "trying again until that is fixed";

    // What a fault has done to a disk is felt for a while.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Site, TimeSpan> _excusedUntil = [];

    /// <summary>The site's disk fails, or is full, from now on for so long.</summary>
    public void Excuse(Site site, TimeSpan forSo)
    {
        var until = world.Now + forSo + Aftermath;
        if (!_excusedUntil.TryGetValue(site, out var known) || known < until)
            _excusedUntil[site] = until;
    }

    /// <summary>A path at which the disk fails is no reason to stop: only that path is held.</summary>
    public void Hear(Site site, string line)
    {
        if (line.StartsWith(StoppedForTheDisk, StringComparison.Ordinal) && line.EndsWith(UntilFixed, StringComparison.Ordinal) && !IsExcused(site))
            findings.Add(Name, $"{site.Name} stands still: {line}");
    }

    public bool IsExcused(Site site) => _excusedUntil.TryGetValue(site, out var until) && world.Now < until;

    public void Check(Site site, Exception? cause)
    {
        coverage.Reached(Checkers.Of(Name));
        if (cause is not null && !IsExcused(site))
            findings.Add(Name, $"{site.Name} ended by itself: {cause.Message} ({cause.InnerException?.Message})");
    }
}
