namespace Actors.Lab.World;

/// <summary>The same numbers for the same seed, on every machine (SplitMix64).</summary>
internal sealed class SeededRandomSource
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

/// <summary>A seeded source for code that knows .NET's own kind.</summary>
#pragma warning disable RS0030 // What it inherits is never asked.
internal sealed class SeededRandom(SeededRandomSource source) : Random
#pragma warning restore RS0030
{
    public override int Next() => source.Next(int.MaxValue);

    public override int Next(int maxValue) => source.Next(maxValue);

    public override int Next(int minValue, int maxValue) => minValue + (int)(source.NextUInt64() % (ulong)((long)maxValue - minValue));

    public override double NextDouble() => Sample();

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var value in buffer)
            value = (byte)source.NextUInt64();
    }

    public override long NextInt64() => (long)(source.NextUInt64() >> 1);

    protected override double Sample() => (source.NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
