using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Server.Ledger;

/// <summary>What a push deserves, before anything is written.</summary>
internal abstract record Verdict
{
    public sealed record Accept : Verdict
    {
        public static readonly Accept Instance = new();
    }

    /// <summary>The current entries of the paths that stand in the way, by path.</summary>
    public sealed record Stale(IReadOnlyList<TreeEntry> Current) : Verdict;

    /// <summary>It would be accepted if this content were here.</summary>
    public sealed record Missing(IReadOnlyList<ContentRef> Contents) : Verdict;

    /// <summary>The change set contradicts itself.</summary>
    public sealed record Malformed(string Text) : Verdict;
}
