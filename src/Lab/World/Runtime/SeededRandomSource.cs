namespace Actors.Lab.World;

/// <summary>The same numbers for the same seed, on every machine (SplitMix64).</summary>
public sealed class SeededRandomSource
{
    private ulong _state;

    /// <summary>Creates a source from a seed; every seed is good.</summary>
    public SeededRandomSource(ulong seed) => _state = seed;

    /// <summary>The next number, all 64 bits random.</summary>
    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, but not including, a bound.</summary>
    public int Next(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);
}
