using System.Security.Cryptography;

namespace Actors.Bench.Nodes;

/// <summary>A file of which no block is like another, so that nothing is sent once for all.</summary>
internal static class LargeFile
{
    private const int BlockBytes = 1 << 20;
    private const int ChunkBytes = 1 << 16;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    public static void Write(string path, long bytes)
    {
        byte[] block = RandomNumberGenerator.GetBytes(BlockBytes);
        using var file = new FileStream(path, FileMode.CreateNew);
        for (long written = 0; written < bytes; written += block.Length)
        {
            for (int chunk = 0; chunk < block.Length; chunk += ChunkBytes)
                BitConverter.TryWriteBytes(block.AsSpan(chunk), written + chunk);
            file.Write(block);
        }
    }

    /// <summary>Replicas show a file when it is there whole.</summary>
    public static async Task ArrivesAsync(string path, TimeProvider clock)
    {
        while (!File.Exists(path))
            await Task.Delay(LookEvery, clock);
    }

    public static bool AreEqual(string one, string other) => Hash(one).AsSpan().SequenceEqual(Hash(other));

    private static byte[] Hash(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }
}
