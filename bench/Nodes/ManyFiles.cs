namespace Actors.Bench.Nodes;

/// <summary>10,000 files of 4 KiB, a hundred in each directory, all different.</summary>
internal static class ManyFiles
{
    public const int Count = 10_000;
    private const int FileBytes = 4096;
    private const int FilesPerDirectory = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Write(string root)
    {
        byte[] content = new byte[FileBytes];
        for (int i = 0; i < Count; i++)
        {
            string directory = Path.Combine(root, $"directory-{i / FilesPerDirectory}");
            if (i % FilesPerDirectory == 0)
                Directory.CreateDirectory(directory);
            BitConverter.TryWriteBytes(content, i);
            File.WriteAllBytes(Path.Combine(directory, $"file-{i}"), content);
        }
    }

    /// <summary>How many of them are there whole.</summary>
    public static int CountIn(string root) =>
        Directory.EnumerateFiles(root, "file-*", SearchOption.AllDirectories).Count(path => new FileInfo(path).Length == FileBytes);

    /// <summary>Client 1 brings them, client 2 receives them.</summary>
    public static async Task SpreadAsync(NodeCluster cluster, TimeProvider clock)
    {
        Write(cluster.Replica(1));
        for (int number = 1; number <= 2; number++)
        {
            cluster.StartClient(number);
            await cluster.SyncAsync(number, Patience, clock);
        }
    }
}
