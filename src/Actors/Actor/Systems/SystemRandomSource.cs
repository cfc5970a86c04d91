using System.Security.Cryptography;

namespace Actors.Runtime;

/// <summary>Numbers that differ on every run.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public static readonly SystemRandomSource Instance = new();

    private readonly SeededRandomSource _numbers;

    private SystemRandomSource()
    {
        Span<byte> seed = stackalloc byte[8];
        RandomNumberGenerator.Fill(seed);
        _numbers = new SeededRandomSource(BitConverter.ToUInt64(seed));
    }

    public ulong NextUInt64() => _numbers.NextUInt64();
}
