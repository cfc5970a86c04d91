using Actors.Lab.Commands;
using Actors.NodeShell;

namespace Actors.Lab.Tests.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("--seeds 0", "--seeds is a number from 1 to ")]
    [InlineData("--seeds many", "and not \"many\"")]
    [InlineData("--minutes 0", "--minutes is a number from 0.01 to ")]
    [InlineData("--minutes -3", "--minutes is a number from 0.01 to ")]
    [InlineData("--trace", "--trace needs --seed N")]
    [InlineData("--seeds 5 --only e1", "--only needs --seed N")]
    [InlineData("--seed 3 --seeds 5", "--seeds is about many seeds, and --seed runs one")]
    [InlineData("--seed 3 --complete", "--complete is about many seeds")]
    [InlineData("--seed 3 --clients 9", "--clients is a number from 1 to 3")]
    [InlineData("--seed 3 --only e1,e999", "--only names \"e999\"")]
    [InlineData("--seed", "--seed")]
    [InlineData("--sedes 5", "--sedes")]
    [InlineData("--plant nothing", "nothing")]
    public async Task Wrong_options_are_refused_with_what_is_wrong(string options, string what)
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync(options));
        Assert.Contains(what, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("what to do: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public async Task Help_shows_what_to_type()
    {
        Assert.Equal(ExitCodes.Success, await RunAsync("--help"));
        Assert.Contains("Lab simulate --seed 7 --trace", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_seed_tells_what_it_reached()
    {
        Assert.Equal(ExitCodes.Success, await RunAsync("--seed 3 --only e1,e2,e3 --clients 1 --no-files"));
        Assert.Contains("seed 3: trace ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("checker: convergence", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task Planted_bugs_fail_a_sweep_which_says_how_to_see_them_again()
    {
        Assert.Equal(ExitCodes.Failure, await RunAsync("--seeds 4 --plant no-version-check"));
        var text = _output.ToString();
        Assert.Contains("shrinking seed ", text, StringComparison.Ordinal);
        Assert.Contains("  smaller:  dotnet run -c Release --project src/Lab -- simulate --seed ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stopped_early_has_not_succeeded()
    {
        var command = new SweepCommand(_output, Task.CompletedTask, plant: null, isComplete: false) { From = 1, Count = 1_000, Limit = null };
        Assert.Equal(ExitCodes.Failure, command.Run());
        Assert.Contains("0 seeds, 0 failed", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("INTERRUPTED", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_that_is_up_ends_a_sweep_in_order()
    {
        var never = new TaskCompletionSource().Task;
        var command = new SweepCommand(_output, never, plant: null, isComplete: false) { From = 1, Count = null, Limit = TimeSpan.Zero };
        Assert.Equal(ExitCodes.Success, command.Run());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(string options) =>
        NodeCommandLine.RunAsync("Lab", "The laboratory.", ["simulate", .. options.Split(' ')], _output, _error, SimulateCommand.Create());
}
