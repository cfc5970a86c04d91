using System.Text;

namespace Actors.Bench.Nodes;

/// <summary>Edits as editors make them, and how long they take to the other replicas.</summary>
internal static class Edits
{
    private const int FileBytes = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static byte[] Content(int number)
    {
        byte[] content = new byte[FileBytes];
        Array.Fill(content, (byte)'.');
        Encoding.UTF8.GetBytes($"edit {number}\n", content);
        return content;
    }

    /// <summary>Writes beside the file and renames; returns the moment before the rename, at which the save takes effect.</summary>
    public static long Save(string path, byte[] content, TimeProvider clock)
    {
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, content);
        long start = clock.GetTimestamp();
        File.Move(temporary, path, overwrite: true);
        return start;
    }

    /// <summary>From the moment that the save takes effect to the moment that the last of the replicas shows it.</summary>
    public static async Task<TimeSpan> SpreadAsync(string path, byte[] content, ReplicaProbe[] replicas, TimeProvider clock)
    {
        var seen = Task.WhenAll(Array.ConvertAll(replicas, replica => replica.Expect(content)));
        long start = Save(path, content, clock);
        return clock.GetElapsedTime(start, await LastAsync(seen));
    }

    /// <summary>The moment at which the last replica showed it.</summary>
    public static async Task<long> LastAsync(Task<long[]> seen)
    {
        try
        {
            return (await seen.WaitAsync(Patience)).Max();
        }
        catch (TimeoutException)
        {
            throw new BenchException($"an edit did not reach the other replicas within {Patience.TotalSeconds:0} s");
        }
    }
}
