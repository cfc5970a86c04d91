namespace Actors.Lab.World;

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
