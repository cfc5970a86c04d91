namespace Actors.Runtime;

/// <summary>A source of random numbers; any thread may ask.</summary>
public interface IRandomSource
{
    /// <summary>The next number, all 64 bits random.</summary>
    ulong NextUInt64();
}
