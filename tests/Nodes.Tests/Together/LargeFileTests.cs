using System.Security.Cryptography;
using Nodes.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Nodes.Tests.Together;

public sealed class LargeFileTests(ITestOutputHelper output) : Playground
{
    private const long FileBytes = 1L << 30;
    private const long ResidentBytesMax = 150_000_000;

    [LargeFileFact(Timeout = 900_000)]
    public async Task A_file_of_1_GiB_moves_with_less_than_150_MB_resident_on_every_node()
    {
        var (server, address) = await StartServerAsync();
        var author = await StartClientAsync("a", address);
        var reader = await StartClientAsync("b", address);

        var hash = Write(PathOf("a", "large.bin"));
        await SyncAsync("a", 600);
        await SyncAsync("b", 600);

        Assert.Equal(hash, HashOf(PathOf("b", "large.bin")));
        foreach (var (name, node) in new[] { ("server", server), ("author", author), ("reader", reader) })
        {
            output.WriteLine($"{name}: peak resident {node.PeakResidentBytes() / 1e6:0} MB");
            Assert.InRange(node.PeakResidentBytes(), 1, ResidentBytesMax);
        }
    }

    // Every block differs, so that nothing is sent once for all.
    private static string Write(string path)
    {
        var block = new byte[1 << 20];
        RandomNumberGenerator.Fill(block);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path + ".part", FileMode.CreateNew);
        for (long written = 0; written < FileBytes; written += block.Length)
        {
            for (var chunk = 0; chunk < block.Length; chunk += 65_536)
                BitConverter.TryWriteBytes(block.AsSpan(chunk), written + chunk);
            hash.AppendData(block);
            file.Write(block);
        }
        file.Dispose();
        File.Move(path + ".part", path);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
