using System.Diagnostics;
using System.Text.RegularExpressions;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Runs;
using Xunit.Abstractions;

namespace Actors.Lab.Tests.Runs;

public sealed partial class SeedRunTests(ITestOutputHelper output)
{
    private static readonly NodeSettings Settings = NodeSettings.Load();

    [Fact]
    public void Equal_seeds_have_equal_traces_and_other_seeds_have_others()
    {
        var plan = PlanGenerator.Generate(11, Small);
        Assert.Equal(SeedRun.Execute(plan, Settings).TraceHash, SeedRun.Execute(plan, Settings).TraceHash);
        Assert.NotEqual(SeedRun.Execute(plan, Settings).TraceHash, SeedRun.Execute(PlanGenerator.Generate(12, Small), Settings).TraceHash);
    }

    [Fact]
    public void Reading_the_trace_changes_nothing_but_who_reads_it()
    {
        var plan = PlanGenerator.Generate(13, Small);
        var lines = new List<string>();
        var read = SeedRun.Execute(plan, Settings, lines.Add);
        Assert.Equal(SeedRun.Execute(plan, Settings).Steps, read.Steps);
        Assert.Contains(lines, line => line.Contains("welcomes you", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Two_processes_have_equal_traces_for_one_seed()
    {
        var first = RunInAProcess("--seed", "7");
        output.WriteLine(first);
        Assert.Contains("trace ", first, StringComparison.Ordinal);
        Assert.Equal(first, RunInAProcess("--seed", "7"));
    }

    // Orders that hashes decide are others in each process, and show in few seeds only.
    [Fact]
    [Trait("Speed", "slow")]
    public void Two_processes_have_equal_traces_for_many_seeds()
    {
        using var first = Start("--seeds", "15");
        using var second = Start("--seeds", "15");
        var traces = Traces().Match(Read(first));
        output.WriteLine(traces.Value);
        Assert.True(traces.Success);
        Assert.Equal(traces.Value, Traces().Match(Read(second)).Value);
    }

    [Fact]
    public void An_hour_of_five_idle_clients_takes_few_steps()
    {
        var plan = PlanGenerator.Generate(1, new PlanOptions { Clients = 5, Duration = TimeSpan.FromHours(1), Edits = 0, FaultsMax = 0 });
        var result = SeedRun.Execute(plan with { Files = [] }, Settings);
        output.WriteLine($"{result.Steps} steps");
        Assert.Null(result.Finding);
        // Heartbeats of five links, there and back, are the most of it: about 30 steps a second and node.
        Assert.InRange(result.Steps, 1, 700_000);
    }

    private static PlanOptions Small { get; } = new() { Duration = TimeSpan.FromSeconds(20), Edits = 20 };

    [GeneratedRegex("traces [0-9a-f]{16}")]
    private static partial Regex Traces();

    private static string RunInAProcess(params string[] options)
    {
        using var process = Start(options);
        return Read(process);
    }

    private static Process Start(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", typeof(SeedRun).Assembly.Location, "simulate", .. options])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Read(Process process)
    {
        var text = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "the run did not end");
        return text;
    }
}
