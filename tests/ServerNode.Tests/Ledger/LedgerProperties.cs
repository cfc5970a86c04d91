using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Server.Ledger;
using FsCheck;
using FsCheck.Fluent;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

/// <summary>Whatever is pushed, the tree stays whole, the chain unbroken, and the entries are what the log says.</summary>
public sealed class LedgerProperties
{
    private static readonly string[] Paths = ["a", "b", "a/a", "a/b", "a/b/c", "b/a", "a0"];

    /// <summary>One change: which path, what to make of it, and how far behind its base is.</summary>
    private sealed record Step(int Path, int To, int Behind);

    [Fact]
    public void The_tree_stays_whole_and_the_log_tells_how_it_came_about()
    {
        var step =
            from path in Gen.Choose(0, Paths.Length - 1)
            from to in Gen.Choose(0, 4)
            from behind in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
            select new Step(path, to, behind);
        var push = from size in Gen.Choose(1, 4) from steps in Gen.ArrayOf(step, size) select steps;
        var history = Gen.ListOf(push, 12).ToArbitrary();
        Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(history, Holds));
    }

    private static void Holds(IEnumerable<Step[]> history)
    {
        using var rig = new LedgerRig();
        var session = rig.Join(7);
        ulong counter = 0;
        foreach (var steps in history)
        {
            counter++;
            var head = rig.Head.Seq;
            var changes = steps.DistinctBy(step => step.Path).Select(step => ChangeOf(rig, step)).ToArray();
            var result = rig.Push(PushOf(session, counter, changes) with { SettledThrough = counter - 1 });
            Assert.Equal(head + (result is LedgerResult.Committed ? 1UL : 0UL), rig.Head.Seq);
            AssertWhole(rig);
        }
        AssertLogExplainsEntries(rig);
    }

    private static PathChange ChangeOf(LedgerRig rig, Step step)
    {
        var path = Paths[step.Path];
        var version = rig.Find(path)?.Version ?? 0;
        var based = version - Math.Min(version, (ulong)step.Behind);
        return step.To switch
        {
            0 => Gone(path, based),
            1 or 2 => FolderAt(path, based),
            _ => FileAt(path, $"{step.To}", based),
        };
    }

    private static void AssertWhole(LedgerRig rig)
    {
        foreach (var path in Paths.Select(RelativePath.Parse))
        {
            if (rig.Find(path.ToString()) is not { State.IsAbsent: false })
                continue;
            foreach (var folder in path.Ancestors)
                Assert.True(rig.Find(folder.ToString())!.State.IsFolder, $"{path} lies in no directory");
        }
    }

    private static void AssertLogExplainsEntries(LedgerRig rig)
    {
        var chain = CommitHash.Genesis;
        var tree = new Dictionary<RelativePath, (EntryState State, ulong Version)>();
        foreach (var row in rig.Read(snapshot => snapshot.ReadLog(rig.Share, 0, 1000)))
        {
            chain = CommitHash.Next(chain, row.Commit);
            Assert.Equal(chain, row.Chain);
            Assert.Equal(row.Commit.Changes, ChangeSetDigest.Of(row.Changes));
            foreach (var change in row.Changes)
                tree[change.Path] = (change.To, row.Commit.Sequence);
        }
        foreach (var path in Paths.Select(RelativePath.Parse))
        {
            var entry = rig.Find(path.ToString());
            Assert.Equal(tree.TryGetValue(path, out var told) ? told : default, (entry?.State ?? default, entry?.Version ?? 0));
            if (entry is { State.IsFile: true })
                Assert.Equal(entry.State.Content.Hash, ContentHash.Of(rig.Read(snapshot => snapshot.ReadPart(entry.State.Content.Hash))!));
        }
    }
}
