using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.NodeShell;

/// <summary>The only source of randomness of a node: identities, epochs, jitter. A simulation hands in a seeded one.</summary>
public interface IEntropy
{
    ulong NextUInt64();

    void Fill(Span<byte> destination);
}

/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemEntropy : IEntropy
{
    public ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
