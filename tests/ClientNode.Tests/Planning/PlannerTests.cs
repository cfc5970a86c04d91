using Actors.Client.Planning;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning;

/// <summary>The planner's table, one claim each. States: "-" absent, "/" folder, anything else a file with that content.</summary>
public sealed class PlannerTests
{
    private readonly ReplicaTrees _trees = new();

    [Fact]
    public void Trees_that_agree_need_nothing()
    {
        Row("d", "/", "/", "/");
        Row("d/a", "1", "1", "1");
        Assert.True(Plan("d", "d/a", "never").IsEmpty);
    }

    [Fact]
    public void The_side_that_did_not_change_follows_and_a_fast_forward_makes_no_copy()
    {
        Row("pulled", local: "1", synced: "1", remote: "2");
        Row("pushed", local: "2", synced: "1", remote: "1");
        Row("gone there", local: "1", synced: "1", remote: "-");
        Row("gone here", local: "-", synced: "1", remote: "1");
        Row("new there", local: "-", synced: "-", remote: "1");
        Row("new here", local: "1", synced: "-", remote: "-");
        Row("now folder there", local: "1", synced: "1", remote: "/");
        Row("now folder here", local: "/", synced: "1", remote: "1");
        Row("now file there", local: "/", synced: "/", remote: "1");
        Row("now file here", local: "1", synced: "/", remote: "/");
        AssertPlan(
            PlanAll(),
            "apply new there: absent -> 1", "apply now folder there: 1 -> folder", "apply pulled: 1 -> 2", "apply gone there: 1 -> absent",
            "apply now file there: folder -> 1", "propose gone here: absent on 7", "propose new here: 1 on 0", "propose now file here: 1 on 7",
            "propose now folder here: folder on 7", "propose pushed: 2 on 7");
    }

    [Fact]
    public void Updates_are_applied_in_the_order_of_their_commits()
    {
        Row("a", local: "1", synced: "1", remote: "1");
        Remote("a", "2", 9);
        Row("b", local: "-", synced: "-", remote: "-");
        Remote("b", "1", 8);
        Row("c", local: "1", synced: "1", remote: "1");
        Remote("c", "-", 8);
        AssertPlan(PlanAll(), "apply b: absent -> 1", "apply c: 1 -> absent", "apply a: 1 -> 2");
    }

    [Fact]
    public void The_same_bytes_on_both_sides_are_adopted()
    {
        Row("edited", local: "2", synced: "1", remote: "2");
        Row("created", local: "2", synced: "-", remote: "2");
        Row("deleted", local: "-", synced: "1", remote: "-");
        Row("folder", local: "/", synced: "-", remote: "/");
        AssertPlan(PlanAll(), "agree created: 2 at 8", "agree deleted: absent at 8", "agree edited: 2 at 8", "agree folder: folder at 8");
    }

    [Fact]
    public void An_edit_there_and_back_again_does_not_conflict_with_a_local_edit()
    {
        Row("a", local: "2", synced: "1", remote: "1");
        Remote("a", "1", 9);
        AssertPlan(PlanAll(), "agree a: 1 at 9", "propose a: 2 on 9");
    }

    [Fact]
    public void Edit_against_edit_leaves_the_name_to_the_registrys()
    {
        Row("a", local: "2", synced: "1", remote: "3");
        AssertPlan(PlanAll(), "apply a: 2 -> 3 keeping local as a~");
    }

    [Fact]
    public void Edit_against_deletion_survives()
    {
        Row("edited here", local: "2", synced: "1", remote: "-");
        Row("edited there", local: "-", synced: "1", remote: "2");
        AssertPlan(PlanAll(), "agree edited here: absent at 8", "apply edited there: absent -> 2", "propose edited here: 2 on 8");
    }

    [Fact]
    public void A_directory_keeps_the_name_against_a_file()
    {
        Row("folder here", local: "/", synced: "-", remote: "1");
        Row("folder there", local: "1", synced: "-", remote: "/");
        AssertPlan(PlanAll(), "apply folder there: 1 -> folder keeping local as folder there~", "propose folder here: folder on 8 keeping 1 as folder here~");
    }

    [Fact]
    public void An_unknown_synced_tree_deletes_nothing()
    {
        Row("same", local: "1", synced: "-", remote: "1");
        Row("other", local: "1", synced: "-", remote: "2");
        Row("only here", local: "1", synced: "-", remote: "-");
        Row("only there", local: "-", synced: "-", remote: "1");
        Row("deleted there", local: "1", synced: "-", remote: "-");
        Remote("deleted there", "-", 9);
        AssertPlan(
            PlanAll(),
            "agree same: 1 at 8", "apply only there: absent -> 1", "apply other: 1 -> 2 keeping local as other~", "propose deleted there: 1 on 9",
            "propose only here: 1 on 0");
    }

    [Fact]
    public void Directories_go_after_what_is_in_them_and_come_before_it()
    {
        foreach (var (root, here, there) in new[] { ("gone", "-", "1"), ("there", "1", "-") })
        {
            var folder = (string state) => state == "1" ? "/" : state;
            Row(root, folder(here), "/", folder(there));
            Row($"{root}/d", folder(here), "/", folder(there));
            Row($"{root}/d/f", here, "1", there);
        }
        Row("new", "/", "-", "-");
        Row("new/f", "1", "-", "-");
        AssertPlan(
            Plan("gone", "there", "new/f"),
            "apply there/d/f: 1 -> absent", "apply there/d: folder -> absent", "apply there: folder -> absent",
            "propose gone/d/f: absent on 7", "propose gone/d: absent on 7", "propose gone: absent on 7", "propose new: folder on 0", "propose new/f: 1 on 0");
    }

    [Fact]
    public void A_surviving_edit_keeps_the_directories_it_needs()
    {
        Row("here", local: "/", synced: "/", remote: "-");
        Row("here/a", local: "2", synced: "1", remote: "-");
        Row("here/b", local: "1", synced: "1", remote: "-");
        Row("there", local: "-", synced: "/", remote: "/");
        Row("there/a", local: "-", synced: "1", remote: "2");
        AssertPlan(
            Plan("here", "there"),
            "agree here: absent at 8", "apply there: absent -> folder", "propose here: folder on 8");
        AssertPlan(
            PlanAll(),
            "agree here: absent at 8", "agree here/a: absent at 8", "apply there: absent -> folder", "apply there/a: absent -> 2",
            "apply here/b: 1 -> absent", "propose here: folder on 8", "propose here/a: 2 on 8");
    }

    [Fact]
    public void A_surviving_edit_gets_its_directory_back_from_a_file_that_is_kept_under_another_name()
    {
        Row("here", local: "/", synced: "/", remote: "5");
        Row("here/a", local: "2", synced: "1", remote: "-");
        Row("there", local: "5", synced: "/", remote: "/");
        Row("there/a", local: "-", synced: "1", remote: "2");
        AssertPlan(
            PlanAll(),
            "agree here/a: absent at 8", "apply there: 5 -> folder keeping local as there~", "apply there/a: absent -> 2",
            "propose here: folder on 8 keeping 5 as here~", "propose here/a: 2 on 8");
    }

    [Fact]
    public void A_file_takes_the_place_of_a_directory_after_what_was_in_it()
    {
        Row("here", local: "5", synced: "/", remote: "/");
        Row("here/a", local: "-", synced: "1", remote: "1");
        Row("there", local: "/", synced: "/", remote: "5");
        Row("there/a", local: "1", synced: "1", remote: "-");
        AssertPlan(
            Plan("here", "there"),
            "apply there/a: 1 -> absent", "apply there: folder -> 5", "propose here/a: absent on 7", "propose here: 5 on 7");
    }

    [Fact]
    public void What_is_in_flight_unsettled_or_held_waits()
    {
        Row("in flight", local: "2", synced: "1", remote: "3");
        _trees.SetInFlight(Path("in flight"), true);
        Row("unsettled", local: "2", synced: "1", remote: "3");
        _trees.SetLocal(Path("unsettled"), LocalState.Unsettled);
        Row("link", local: "-", synced: "1", remote: "1");
        _trees.SetLocal(Path("link"), LocalState.Held);
        Row("link/below", local: "-", synced: "1", remote: "1");
        AssertHeld(
            PlanAll(),
            ("in flight", HoldReason.InFlight, "in flight"), ("link", HoldReason.Held, "link"), ("link/below", HoldReason.Held, "link"),
            ("unsettled", HoldReason.Unsettled, "unsettled"));
    }

    [Fact]
    public void A_half_known_registry_decides_nothing()
    {
        Row("orphan/a", local: "-", synced: "-", remote: "1");
        Row("d", local: "/", synced: "/", remote: "-");
        Row("d/a", local: "1", synced: "1", remote: "1");
        AssertHeld(
            PlanAll(),
            ("d", HoldReason.WaitsForDescendant, "d/a"), ("d/a", HoldReason.RemoteIncomplete, "d"), ("orphan/a", HoldReason.RemoteIncomplete, "orphan"));
    }

    [Fact]
    public void What_needs_a_directory_that_is_on_hold_waits_with_it()
    {
        Row("d", local: "/", synced: "-", remote: "-");
        _trees.SetInFlight(Path("d"), true);
        Row("d/a", local: "1", synced: "-", remote: "-");
        AssertHeld(Plan("d/a"), ("d", HoldReason.InFlight, "d"), ("d/a", HoldReason.WaitsForParent, "d"));
        _trees.SetInFlight(Path("d"), false);
        AssertPlan(Plan("d"), "propose d: folder on 0");
        AssertPlan(Plan("d/a"), "propose d: folder on 0", "propose d/a: 1 on 0");
    }

    [Fact]
    public void Something_that_is_not_synced_keeps_its_directory_but_not_an_edit_beside_it_from_travelling()
    {
        Row("d", local: "/", synced: "/", remote: "-");
        _trees.SetLocal(Path("d/a link"), LocalState.Held);
        AssertHeld(PlanAll(), ("d", HoldReason.WaitsForDescendant, "d/a link"), ("d/a link", HoldReason.Held, "d/a link"));
        Row("d/edited", local: "2", synced: "1", remote: "-");
        AssertPlan(Plan("d/edited"), "agree d: absent at 8", "agree d/edited: absent at 8", "propose d: folder on 8", "propose d/edited: 2 on 8");
    }

    [Fact]
    public void A_snapshot_of_an_open_file_is_marked_so()
    {
        Row("log", local: "1", synced: "-", remote: "-");
        _trees.SetLocal(Path("log"), _trees.Local(Path("log")) with { SnapshotOfOpenFile = true });
        Assert.True(Assert.Single(PlanAll().Proposed).Change.SnapshotOfOpenFile);
    }

    private static RelativePath Path(string path) => RelativePath.Parse(path);

    private static EntryState State(string state) => state switch
    {
        "-" => EntryState.Absent,
        "/" => EntryState.Folder,
        _ => EntryState.File(ContentRef.Of(System.Text.Encoding.UTF8.GetBytes(state))),
    };

    private void Remote(string path, string state, ulong version) => _trees.SetRemote(Path(path), new TreeEntry(Path(path), State(state), version));

    /// <summary>Synced at version 7, and remote at 8 where that differs.</summary>
    private void Row(string path, string local, string synced, string remote)
    {
        _trees.SetLocal(Path(path), State(local));
        _trees.SetSynced(Path(path), synced == "-" ? null : new TreeEntry(Path(path), State(synced), 7));
        if (remote != "-" || synced != "-")
            Remote(path, remote, remote == synced ? 7UL : 8UL);
    }

    private Plan Plan(params string[] paths) => Planner.Plan(_trees, paths.Select(Path), path => Path(path + "~"));

    private Plan PlanAll() => Planner.Plan(_trees, [RelativePath.Root], path => Path(path + "~"));

    private static void AssertHeld(Plan plan, params (string Path, HoldReason Reason, string On)[] expected)
    {
        Assert.Equal(expected, plan.Held.Select(hold => (hold.Path.ToString(), hold.Reason, hold.On.ToString())));
        Assert.Empty(plan.Agreed);
        Assert.Empty(plan.Applied);
        Assert.Empty(plan.Proposed);
    }

    private static void AssertPlan(Plan plan, params string[] expected)
    {
        var agreed = plan.Agreed.Select(step => $"agree {step.Path}: {Text(step.Entry.State)} at {step.Entry.Version}");
        var applied = plan.Applied.Select(step => $"apply {step.Path}: {Text(step.Expected)} -> {Text(step.Entry.State)}{Keeping("local", step.KeepLocalAs)}");
        var proposed = plan.Proposed.Select(step => $"propose {step.Path}: {Text(step.Change.To)} on {step.Change.Base}{Keeping(step.KeepRemoteAs)}");
        Assert.Equal(expected, agreed.Concat(applied).Concat(proposed));
        Assert.Empty(plan.Held);
    }

    private static string Keeping(string whose, RelativePath? name) => name is { } kept ? $" keeping {whose} as {kept}" : "";

    private static string Keeping(PathChange? copy) => copy is null ? "" : $" keeping {Text(copy.To)} as {copy.Path}";

    private static string Text(EntryState state)
    {
        for (var c = '0'; c <= '9'; c++)
        {
            if (state == State(c.ToString()))
                return c.ToString();
        }
        return state.Kind.ToString().ToLowerInvariant();
    }
}
