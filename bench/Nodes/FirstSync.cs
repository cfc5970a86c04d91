using System.Diagnostics;
using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class FirstSync : Benchmark
{
    private const int Files = 10_000;
    private const int FileBytes = 4096;
    private const int FilesPerDirectory = 100;
    private static readonly TimeSpan SyncMax = TimeSpan.FromSeconds(10);

    public override string Name => "first-sync";

    public override string What => "10,000 files x 4 KiB to an empty replica";

    public override string Reference => "cp -a, then sync";

    public override string Target => $"at most {SyncMax.TotalSeconds:0} s";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(120);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = new NodeCluster();
        string source = Path.Combine(cluster.Root, "source");
        WriteFiles(source);

        long start = clock.GetTimestamp();
        await CommandAsync("cp", "-a", source, Path.Combine(cluster.Root, "copy"));
        await CommandAsync("sync");
        var copied = clock.GetElapsedTime(start);

        await CommandAsync("cp", "-a", source + "/.", cluster.Replica(1));
        cluster.StartClient(1);
        await cluster.SyncAsync(1, TimeSpan.FromSeconds(60), clock);

        start = clock.GetTimestamp();
        cluster.StartClient(2);
        await cluster.SyncAsync(2, TimeSpan.FromSeconds(60), clock);
        var synced = clock.GetElapsedTime(start);

        int arrived = Directory.EnumerateFiles(cluster.Replica(2), "file-*", SearchOption.AllDirectories).Count(path => new FileInfo(path).Length == FileBytes);
        return arrived == Files
            ? new Outcome($"{copied.TotalSeconds:0.0} s", $"{synced.TotalSeconds:0.0} s", Figures.Times(synced / copied), synced <= SyncMax)
            : Outcome.Failed($"{arrived} of {Files} files arrived");
    }

    private static void WriteFiles(string root)
    {
        byte[] content = new byte[FileBytes];
        for (int i = 0; i < Files; i++)
        {
            string directory = Path.Combine(root, $"directory-{i / FilesPerDirectory}");
            if (i % FilesPerDirectory == 0)
                Directory.CreateDirectory(directory);
            BitConverter.TryWriteBytes(content, i);
            File.WriteAllBytes(Path.Combine(directory, $"file-{i}"), content);
        }
    }

    private static async Task CommandAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new BenchException($"{program} failed with {process.ExitCode}");
    }
}
