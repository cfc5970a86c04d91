namespace Actors.Common;

/// <summary>The only source of randomness of a node: identities, epochs, jitter. A simulation hands in a seeded one.</summary>
public interface IEntropy
{
    ulong NextUInt64();

    void Fill(Span<byte> destination);
}
