using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Common;

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
