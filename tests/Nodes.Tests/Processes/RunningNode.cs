using System.Diagnostics;
using System.Text;
using Actors.NodeShell;

namespace Nodes.Tests.Processes;

/// <summary>
/// A real node process and everything that it has said. It ends with the test process, however that ends.
/// </summary>
internal sealed class RunningNode : IAsyncDisposable
{
    public static readonly TimeSpan LineTimeout = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly string _label;
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _error = new();

    private RunningNode(string executable, Process process)
    {
        _label = $"{Path.GetFileNameWithoutExtension(executable)} {process.StartInfo.ArgumentList.FirstOrDefault()}";
        _process = process;
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public static RunningNode Start(string executable, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[NodeProcess.EndsWithStdinVariable] = "1";
        // A node of a test lives for seconds: most of what it does is to start.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var process = new Process { StartInfo = start };
        var node = new RunningNode(executable, process);
        process.OutputDataReceived += (_, line) => node.OnOutput(line.Data);
        process.ErrorDataReceived += (_, line) => node.OnError(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return node;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<FinishedCommand> RunAsync(string executable, params string[] arguments) =>
        RunWithinAsync(LineTimeout, executable, arguments);

    public static async Task<FinishedCommand> RunWithinAsync(TimeSpan timeout, string executable, params string[] arguments)
    {
        await using var node = Start(executable, arguments);
        var exitCode = await node.ExitCodeAsync(timeout);
        return new FinishedCommand(exitCode, string.Join('\n', node.Lines()), node.Errors());
    }

    public IReadOnlyList<string> Lines()
    {
        lock (_lines)
            return [.. _lines];
    }

    public string Errors()
    {
        lock (_error)
            return _error.ToString();
    }

    /// <summary>The first line that holds the text, among those told and those to come.</summary>
    public Task<string> LineAsync(string text) => LineAsync(line => line.Contains(text, StringComparison.Ordinal), text, skip: 0);

    /// <summary>The first such line after <paramref name="skip"/> lines of output.</summary>
    public Task<string> LineAfterAsync(int skip, string text) =>
        LineAsync(line => line.Contains(text, StringComparison.Ordinal), text, skip);

    /// <summary>What a child sees when its parent is gone.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Writes to its standard input.</summary>
    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Ends it with SIGKILL: nothing is flushed, no peer is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(LineTimeout);
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> TerminateAsync()
    {
        UnixSignal.SendTerm(_process.Id);
        return ExitCodeAsync();
    }

    public Task<int> ExitCodeAsync() => ExitCodeAsync(LineTimeout);

    private async Task<int> ExitCodeAsync(TimeSpan timeout)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(timeout);
            await Task.WhenAll(_outputEnded.Task, _errorEnded.Task).WaitAsync(timeout);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_label} did not end within {timeout.TotalSeconds} s.\n{Told()}");
        }
    }

    /// <summary>The most memory that was resident at once, in bytes.</summary>
    public long PeakResidentBytes() => Memory("VmHWM:");

    public long ResidentBytes() => Memory("VmRSS:");

    private long Memory(string what)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(each => each.StartsWith(what, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    public string Told() => $"-- {_label} said:\n{string.Join('\n', Lines().TakeLast(60))}\n{Errors()}";

    private async Task<string> LineAsync(Func<string, bool> wanted, string what, int skip)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.Skip(skip).FirstOrDefault(wanted) is { } already)
                return already;
            _waiting.Add((wanted, found));
        }
        if (await Task.WhenAny(found.Task.WaitAsync(LineTimeout), _outputEnded.Task) is Task<string> line && line.IsCompletedSuccessfully)
            return await line;
        return found.Task.IsCompleted
            ? await found.Task
            : throw new TimeoutException($"{_label} never said \"{what}\".\n{Told()}");
    }

    private void OnOutput(string? line)
    {
        if (line is null)
        {
            _outputEnded.TrySetResult();
            return;
        }
        lock (_lines)
        {
            _lines.Add(line);
            foreach (var (wanted, found) in _waiting)
            {
                if (wanted(line))
                    found.TrySetResult(line);
            }
            _waiting.RemoveAll(each => each.Found.Task.IsCompleted);
        }
    }

    private void OnError(string? line)
    {
        if (line is null)
        {
            _errorEnded.TrySetResult();
            return;
        }
        lock (_error)
            _error.AppendLine(line);
    }
}
