using System.Diagnostics;

namespace Nodes.Tests.Processes;

/// <summary>The processes that a process has started.</summary>
internal static class ChildProcesses
{
    public static IReadOnlyList<Process> Of(int parent) =>
        [.. Process.GetProcesses().Where(process => ParentOf(process.Id) == parent)];

    private static int? ParentOf(int processId)
    {
        try
        {
            // "17 (the name) S 4 ...": the name may hold anything, so what follows the last bracket counts.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
