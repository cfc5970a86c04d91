using Actors.Lab.Observing;
using Actors.Messages.Content;
using Actors.Server.Ledger;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>
/// Everything that the server's log names can be read from its store, to the last byte; and at the end the store passes
/// what `ServerNode verify` asks of it.
/// </summary>
internal sealed class ContentChecker(ServerHistory history, Findings findings, Coverage coverage)
{
    public const string Name = "content";

    public void Check(IShareSnapshot snapshot)
    {
        Check(snapshot, history.Log);
        foreach (var finding in new StoreCheck(snapshot, _ => { }).Findings())
            findings.Add(Name, finding);
    }

    /// <summary>The same of what was committed a moment ago.</summary>
    public void Check(IShareSnapshot snapshot, IEnumerable<LogRow> rows)
    {
        var seen = new HashSet<ContentRef>();
        foreach (var change in rows.SelectMany(row => row.Changes))
        {
            if (!change.To.IsFile || !seen.Add(change.To.Content))
                continue;
            coverage.Reached(Checkers.Of(Name));
            var content = change.To.Content;
            var isThere = content.IsSingleChunk
                ? snapshot.ReadPart(content.Hash) is { } bytes && ContentRef.Of(bytes) == content
                : snapshot.FindContent(content.Root) == content && snapshot.ReadPart(content.Root) is not null;
            if (!isThere)
                findings.Add(Name, $"{content} of {change.Path} is in the log, and its bytes are not in the store");
        }
    }
}
