using System.Globalization;

namespace Actors.Tests.Remote;

/// <summary>One frame of the session between two Akka.NET nodes that Data/akka-remote-capture.txt holds.</summary>
internal sealed record CapturedFrame(string Time, string Direction, byte[] Bytes)
{
    public static IReadOnlyList<CapturedFrame> All { get; } = [.. Read()];

    public static CapturedFrame At(string time) => All.First(f => f.Time == time);

    private static IEnumerable<CapturedFrame> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Remote", "Data", "akka-remote-capture.txt");
        foreach (var line in File.ReadLines(path))
        {
            if (!line.StartsWith("--- ", StringComparison.Ordinal) || !line.Contains("hex=", StringComparison.Ordinal))
                continue;
            var parts = line.Split(' ');
            var bytes = Convert.FromHexString(parts[4]["hex=".Length..]);
            if (bytes.Length != int.Parse(parts[3]["len=".Length..], CultureInfo.InvariantCulture))
                throw new InvalidDataException($"The capture's frame at {parts[1]} is cut short");
            yield return new CapturedFrame(parts[1], parts[2], bytes);
        }
    }
}
