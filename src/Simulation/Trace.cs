using System.Globalization;

namespace Actors.Simulation;

/// <summary>
/// What happened, as lines and as one number: equal runs have equal hashes, on every machine. Lines go to the sink only;
/// none are kept.
/// </summary>
public sealed class Trace(Action<string>? sink = null)
{
    private const ulong FnvPrime = 0x100000001b3;

    /// <summary>FNV-1a, 64 bits, over all lines.</summary>
    public ulong Hash { get; private set; } = 0xcbf29ce484222325;

    public long Lines { get; private set; }

    public void Add(TimeSpan time, string what)
    {
        Lines++;
        Mix((ulong)time.Ticks);
        foreach (var character in what)
            Mix(character);
        sink?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,12:F4} {what}"));
    }

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * FnvPrime);
}
