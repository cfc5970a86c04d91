using Actors.Lab.Observing;
using Actors.Lab.Users;
using Actors.Messages.Content;

namespace Actors.Lab.Checking;

/// <summary>What users have finished, and have not replaced or removed themselves, is in the server's log or on a disk.</summary>
internal sealed class WritingsChecker(Writings writings, ServerHistory history, Findings findings, Coverage coverage)
{
    public const string Name = "writings";

    /// <param name="onDisks">What any replica holds under a name that people see.</param>
    public void Check(IReadOnlySet<ContentRef> onDisks)
    {
        foreach (var writing in writings.Owed)
        {
            coverage.Reached(Checkers.Of(Name));
            if (!history.Holds(writing.Content) && !onDisks.Contains(writing.Content))
                findings.Add(Name, $"{writing.Content} of edit {writing.Edit}, written on {writing.Machine} as {writing.Path} at {writing.At.TotalSeconds:F3} s, is nowhere");
        }
    }
}
