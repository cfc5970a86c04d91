using Actors.Client.Tests.Planning.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Client.Tests.Planning;

/// <summary>Replicas that follow the planner's steps, with users and messages in any order. A failure prints its replay.</summary>
public sealed class ConvergenceTests
{
    private static Arbitrary<int[]> Choices => Arb.ToArbitrary(
        Gen.Sized(size => Gen.Choose(0, 1 << 20).ArrayOf(20 + (size * 12))),
        choices => ArbMap.Default.ArbFor<int[]>().Shrinker(choices).Where(shrunk => shrunk.All(choice => choice >= 0)));

    [Fact(Timeout = 120_000)]
    public async Task Replicas_converge_and_lose_no_edit_however_users_and_messages_interleave() => await Check(world =>
    {
        world.Run();
        world.Settle();
        world.RemoveLinks();
        world.Settle();
        world.AssertConverged();
        world.AssertNothingLost();
    });

    [Fact(Timeout = 120_000)]
    public async Task Edits_one_after_the_other_never_conflict_and_come_out_as_on_one_disk() => await Check(sizeMax: 15, run: world =>
    {
        for (var turn = 0; world.HasChoices; turn++)
        {
            var author = world.Replicas[turn % 3];
            world.UserActs(author);
            var expected = author.Disk.Paths.Where(path => author.Disk[path].IsSettled).Select(path => (path, author.Disk[path].State)).ToList();
            world.Settle();
            world.RemoveLinks();
            world.Settle();
            world.AssertConverged();
            Assert.Equal(expected, world.Server.Live.Select(entry => (entry.Path, entry.State)));
        }
        Assert.Equal(0, world.ConflictCopies);
        world.AssertNothingLost();
    });

    [Fact(Timeout = 120_000)]
    public async Task Nodes_that_write_the_same_bytes_never_conflict() => await Check(users: ModelUsers.SameBytes, run: RunWithoutConflicts);

    [Fact(Timeout = 120_000)]
    public async Task Users_who_keep_to_their_own_files_never_conflict() => await Check(users: ModelUsers.EachItsOwn, run: RunWithoutConflicts);

    private static void RunWithoutConflicts(ModelWorld world)
    {
        world.Run();
        world.Settle();
        world.RemoveLinks();
        world.Settle();
        world.AssertConverged();
        Assert.Equal(0, world.ConflictCopies);
        world.AssertNothingLost();
    }

    private static Task Check(Action<ModelWorld> run, ModelUsers users = ModelUsers.Anything, int sizeMax = 60) =>
        Task.Factory.StartNew(
            () => Prop.ForAll(Choices, choices => Tell(choices, users, run)).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(sizeMax)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Tell(int[] choices, ModelUsers users, Action<ModelWorld> run)
    {
        var world = new ModelWorld(replicas: 3, choices, users);
        try
        {
            run(world);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{string.Join('\n', world.Story)}", failure);
        }
    }
}
