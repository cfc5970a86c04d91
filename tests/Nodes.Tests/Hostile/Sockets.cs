using System.Globalization;

namespace Nodes.Tests.Hostile;

/// <summary>What the kernel tells of a process's sockets.</summary>
internal static class Sockets
{
    private const string Listening = "0A";

    public static IReadOnlyList<int> ListeningPorts(int processId)
    {
        var own = Directory.EnumerateFiles($"/proc/{processId}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();
        return
        [
            .. new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{processId}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns[3] == Listening && own.Contains(columns[9]))
                .Select(columns => int.Parse(columns[1][(columns[1].LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        ];
    }
}
