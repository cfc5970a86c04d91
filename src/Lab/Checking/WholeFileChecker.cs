using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Users;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Checking;

/// <summary>
/// A node changes names only, and what it gives a name is whole: bytes that some user once had in a file. After a loss of
/// power too: only what users had not made durable may be torn.
/// </summary>
internal sealed class WholeFileChecker(Writings writings, ServerHistory history, Findings findings, Coverage coverage)
{
    public const string Name = "whole-files";

    private readonly HashSet<(string Machine, ContentRef Content)> _copied = [];

    /// <summary>A node has put something under a name.</summary>
    public void CheckAppeared(ClientSite site, RelativePath path)
    {
        coverage.Reached(Checkers.Of(Name));
        if (VisibleTree.ContentAt(site.Machine, $"{ClientSite.Root}/{path}") is { } content && !writings.IsKnown(content))
            findings.Add(Name, $"{site.Name} puts at {path} what no user wrote: {content}");
    }

    /// <summary>A node has done to a name that people see what would destroy the file there.</summary>
    public void CheckTouched(ClientSite site, string how, RelativePath path) =>
        findings.Add(Name, $"{site.Name} {how} {path}");

    /// <summary>The power was lost: what is there now is compared with what was there.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="after">What is there.</param>
    /// <param name="wasOf">What the file at a path was before, under whatever name people saw; else what was at the path.</param>
    public void CheckPowerLoss(ClientSite site, SortedDictionary<string, EntryState> after, Func<string, (EntryState State, bool IsSameFile)> wasOf)
    {
        foreach (var (path, state) in after)
        {
            if (!state.IsFile)
                continue;
            var (was, isSameFile) = wasOf(path);
            if (writings.IsKnown(state.Content))
            {
                // What a user had not made durable yet is again what it was at some step: made of what it was at the last one.
                // No node writes into a file that people see.
                if (was.IsFile && was != state && !IsDurable(site, was.Content) && (isSameFile || !IsDurable(site, state.Content)))
                    writings.Put(site.Name, path, was.Content, state.Content);
                continue;
            }
            var last = writings.LastAt(site.Name, path);
            if (was.IsFile && IsDurable(site, was.Content) && (last is not { } touched || IsDurable(site, touched)))
                findings.Add(Name, $"after power was lost {site.Name} has {state} at {path}, where the durable {was} was");
            else
                writings.Put(site.Name, path, was.IsFile ? was.Content : null, state.Content);
        }
    }

    /// <summary>What a user was writing to a file that an update has displaced may be torn as well.</summary>
    public void KnowDisplaced(ClientSite site)
    {
        foreach (var state in VisibleTree.Read(site.Machine, $"{ClientSite.Root}/.actors").Values.Where(state => state.IsFile))
            writings.Know(state.Content);
    }

    /// <summary>A replica is copied: should its content come to the registry from there, that says nothing of how durable it is here.</summary>
    public void NoteCopied(ClientSite original)
    {
        foreach (var state in VisibleTree.Read(original.Machine, ClientSite.Root).Values.Where(state => state.IsFile && !history.Holds(state.Content)))
            _copied.Add((original.Name, state.Content));
    }

    /// <summary>The node has sent the content, or received it. Of an empty file the checker cannot tell whether it is that one.</summary>
    private bool IsDurable(ClientSite site, ContentRef content) =>
        content.Size > 0 && history.Holds(content) && !_copied.Contains((site.Name, content));
}
