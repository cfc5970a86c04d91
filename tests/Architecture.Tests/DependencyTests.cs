using NetArchTest.Rules;
using Xunit;

namespace Actors.Architecture.Tests;

/// <summary>Which types may know which, within a project. Read from the built assemblies: a full name counts, an unused "using" does not.</summary>
public sealed class DependencyTests
{
    /// <summary>What code that only decides never reaches: actors, files, sockets, threads, clocks.</summary>
    private static readonly string[] Effects =
        ["Akka", "Microsoft", "SQLitePCL", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.IO", "System.Net", "System.Threading", "System.TimeProvider"];

    [Fact]
    public void The_simulated_world_knows_no_node_and_not_what_is_tried_in_it() =>
        Hold(In("Lab").That().ResideInNamespace("Actors.Lab.World")
            .Should().OnlyHaveDependencyOn("Actors.Lab.World", "Actors.Lab.Hooks", "Akka", "Google.Protobuf", "System"));

    [Fact]
    public void Checkers_know_nothing_of_what_they_are_to_find() =>
        Hold(In("Lab").That().ResideInNamespace("Actors.Lab.Checking")
            .Should().NotHaveDependencyOnAny("Actors.Lab.Faults", "Actors.Lab.Plants", "Actors.Lab.Runs", "Actors.Lab.Commands"));

    [Fact]
    public void The_planner_decides_and_does_nothing()
    {
        Hold(Planner().Should().OnlyHaveDependencyOn("Actors.Client.Planning", "Actors.Messages", "System"));
        Hold(Planner().Should().NotHaveDependencyOnAny(Effects));

        static PredicateList Planner() => In("ClientNode").That().ResideInNamespace("Actors.Client.Planning");
    }

    [Fact]
    public void The_ledger_decides_and_does_nothing()
    {
        Hold(Ledger().Should().OnlyHaveDependencyOn("Actors.Server.Ledger", "Actors.Server.Storage", "Actors.Messages", "Actors.NodeShell.IEntropy", "System"));
        Hold(Ledger().Should().NotHaveDependencyOnAny(Effects));

        static PredicateList Ledger() => In("ServerNode").That().ResideInNamespace("Actors.Server.Ledger");
    }

    [Fact]
    public void Messages_do_nothing() =>
        Hold(In("Messages").That().DoNotHaveName("MessageSerializer").Should().NotHaveDependencyOnAny(Effects));

    [Theory]
    [InlineData("ServerNode")]
    [InlineData("ClientNode")]
    public void Only_a_node_s_Sqlite_folder_speaks_to_SQLite(string node) =>
        Hold(In(node).That().DoNotResideInNamespaceEndingWith(".Sqlite").Should().NotHaveDependencyOnAny("Microsoft.Data.Sqlite", "SQLitePCL"));

    /// <summary>The assembly as it lies beside the Lab, which has all of src, built as these tests are (Debug or Release).</summary>
    private static Types In(string assembly)
    {
        var output = Path.GetRelativePath(Path.Combine(SourceTree.Root, "tests", "Architecture.Tests"), AppContext.BaseDirectory);
        return Types.FromFile(Path.Combine(SourceTree.Root, "src", "Lab", output, assembly + ".dll"));
    }

    private static void Hold(ConditionList rule)
    {
        var result = rule.GetResult();
        // A rule about a namespace that was renamed would hold for ever.
        Assert.NotEmpty(result.SelectedTypesForTesting);
        Offenders.None(result.FailingTypes.Select(type => $"{type.FullName}: {type.Explanation}"));
    }
}
