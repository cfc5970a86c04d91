using System.Buffers.Binary;
using Actors.Lab.World;
using Actors.NodeShell;

namespace Actors.Lab.Nodes;

/// <summary>A node's randomness, out of the run's seed.</summary>
internal sealed class SeededEntropy(SeededRandomSource random) : IEntropy
{
    public ulong NextUInt64() => random.NextUInt64();

    public void Fill(Span<byte> destination)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        while (destination.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(eight, random.NextUInt64());
            var count = Math.Min(eight.Length, destination.Length);
            eight[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }
}
