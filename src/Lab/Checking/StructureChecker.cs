using Actors.Lab.Observing;
using Actors.Messages.Changes;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>After each commit every living path of the server's tree lies in living directories.</summary>
internal sealed class StructureChecker(ServerHistory history, Findings findings, Coverage coverage)
{
    public const string Name = "structure";

    public void Check(LogRow row)
    {
        coverage.Reached(Checkers.Of(Name));
        var changed = row.Changes.ToDictionary(change => change.Path, change => change.To);
        foreach (var change in row.Changes)
        {
            if (!change.To.IsAbsent && !change.Path.Parent.IsRoot && !StateAfter(changed, change.Path.Parent).IsFolder)
                Add(row, change, "lies in no living directory");
            if (!change.To.IsFolder && history.Find(change.Path) is { State.IsFolder: true } && history.LiveBelow(change.Path).FirstOrDefault(path => !StateAfter(changed, path).IsAbsent) is { IsRoot: false } left)
                Add(row, change, $"takes the directory of {left} away");
        }
    }

    private EntryState StateAfter(Dictionary<RelativePath, EntryState> changed, RelativePath path) =>
        changed.TryGetValue(path, out var state) ? state : history.Find(path)?.State ?? EntryState.Absent;

    private void Add(LogRow row, PathChange change, string what) =>
        findings.Add(Name, $"commit {row.Commit.Sequence} of client {row.Commit.Author}: {change.Path} ({change.To}) {what}");
}
