using System.CommandLine;
using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Cli;

public sealed class NodeCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<string> _ran = [];

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task The_first_command_is_meant_where_none_is_named()
    {
        Assert.Equal(0, await Run("DIR", "--name", "x"));
        Assert.Equal(0, await Run("run", "DIR"));
        Assert.Equal(0, await Run("status", "DIR"));

        Assert.Equal(["run DIR x", "run DIR ", "status DIR"], _ran);
    }

    [Fact(Timeout = 30_000)]
    public async Task Wrong_options_exit_2_and_say_what_where_and_what_to_do()
    {
        Assert.Equal(2, await Run("DIR", "--nmae", "x"));

        Assert.Empty(_ran);
        Assert.Equal("", _output.ToString());
        Assert.Contains("Node: ", _error.ToString());
        Assert.Contains("--nmae", _error.ToString());
        Assert.Contains("where:      command line: DIR --nmae x", _error.ToString());
        Assert.Contains("what to do: see Node run --help", _error.ToString());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("run", "--bogus")]
    [InlineData("--bogus")]
    [InlineData("run", "-x")]
    [InlineData("run", "DIR", "--name", "--bogus")]
    public async Task An_unknown_option_is_taken_for_no_argument_and_for_no_value(params string[] args)
    {
        Assert.Equal(2, await Run(args));

        Assert.Empty(_ran);
        Assert.Contains($"'{args[^1]}' is not an option of this command", _error.ToString());
    }

    [Fact(Timeout = 30_000)]
    public async Task After_two_dashes_an_argument_may_begin_with_one()
    {
        Assert.Equal(0, await Run("run", "--", "-x"));

        Assert.Equal(["run -x "], _ran);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_argument_exits_2() => Assert.Equal(2, await Run("status"));

    [Fact(Timeout = 30_000)]
    public async Task A_failure_exits_1_with_its_explanation()
    {
        Assert.Equal(1, await Run("status", "broken"));

        Assert.Contains("it is broken", _error.ToString());
        Assert.Contains("repair it", _error.ToString());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("--help", "Node DIR --name x")]
    [InlineData("run --help", "Node DIR --server")]
    public async Task Help_ends_with_examples_and_exits_0(string args, string example)
    {
        Assert.Equal(0, await Run(args.Split(' ')));

        Assert.Contains("Examples:", _output.ToString());
        Assert.Contains(example, _output.ToString());
        Assert.Equal("", _error.ToString());
    }

    [Fact(Timeout = 30_000)]
    public async Task Version_is_told_and_exits_0()
    {
        Assert.Equal(0, await Run("--version"));

        Assert.Matches(@"^\d+\.\d+", _output.ToString());
    }

    private Task<int> Run(params string[] args)
    {
        var directory = new Argument<string>("DIR");
        var name = new Option<string?>("--name");
        var run = new NodeCommand("run", "Runs it.", "Node DIR --name x", "Node DIR --server 127.0.0.1:1") { directory, name };
        run.SetAction(parsed => _ran.Add($"run {parsed.GetValue(directory)} {parsed.GetValue(name)}"));
        var status = new NodeCommand("status", "Tells.") { directory };
        status.SetAction(parsed =>
        {
            _ran.Add($"status {parsed.GetValue(directory)}");
            if (parsed.GetValue(directory) == "broken")
                throw new FailureException("it is broken", "broken", "repair it");
        });
        return NodeCommandLine.RunAsync("Node", "A node.", args, _output, _error, run, status);
    }
}
