using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>`sync`, `status` and `confirm`: questions to a running node, by its control socket.</summary>
internal static class ControlCommands
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    public static NodeCommand Sync()
    {
        var timeout = new Option<string>("--timeout")
        {
            Description = "How long to wait [30s]",
            HelpName = "DURATION",
            DefaultValueFactory = _ => "30s",
        };
        return Question(
            "sync", "Waits until every local edit is committed and the replica has all that the server has now.",
            ["ClientNode sync ./notes", "ClientNode sync ./notes --timeout 5s"],
            parsed =>
            {
                var patience = ParseDuration(parsed.GetValue(timeout)!);
                return (new ControlRequest { Sync = new SyncQuery { TimeoutMs = (ulong)patience.TotalMilliseconds } }, patience + AnswerPatience);
            },
            timeout);
    }

    public static NodeCommand Status() => Question(
        "status", "Tells how the replica stands: the server, the cursor, what is pending, what is held and why.",
        ["ClientNode status ./notes", "ClientNode status ./notes --json"],
        _ => (new ControlRequest { Status = new StatusQuery() }, AnswerPatience));

    public static NodeCommand Confirm() => Question(
        "confirm", "Lets a node go on that has stopped for safety: the replica is meant to be as it is.",
        ["ClientNode confirm ./notes"],
        _ => (new ControlRequest { Confirm = new ConfirmCommand() }, AnswerPatience));

    /// <summary>A number and a unit: ms, s, m or h; seconds where none is named.</summary>
    internal static TimeSpan ParseDuration(string text)
    {
        var unitAt = text.AsSpan().IndexOfAnyExcept("0123456789.".AsSpan());
        var (number, unit) = unitAt < 0 ? (text, "s") : (text[..unitAt], text[unitAt..].Trim());
        var seconds = unit switch
        {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => 0.0,
        };
        return seconds > 0
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * seconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(value * seconds)
            : throw new UsageException($"\"{text}\" is not a duration", "--timeout", "write a number and a unit, up to a day: 500ms, 30s, 2m");
    }

    private static NodeCommand Question(
        string name, string description, string[] examples, Func<ParseResult, (ControlRequest Request, TimeSpan Patience)> read, params Option[] options)
    {
        var directory = new Argument<string>("DIR") { Description = "The directory of the replica" };
        var asJson = NodeOptions.Json();
        var command = new NodeCommand(name, description, examples) { directory };
        foreach (var option in (Option[])[.. options, asJson])
            command.Options.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            var (request, patience) = read(parsed);
            var reply = await ControlClient.AskAsync(Path.GetFullPath(parsed.GetValue(directory)!), request, patience);
            if (!reply.Ok)
                await parsed.InvocationConfiguration.Error.WriteLineAsync(reply.Text);
            if (reply.Ok || parsed.GetValue(asJson))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(asJson) ? reply.Json : reply.Text);
            return reply.Ok ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}

/// <summary>Asks the node that runs a replica.</summary>
internal static class ControlClient
{
    private const string SocketsOfTheSystem = "/proc/net/unix";

    /// <summary>Whether a node runs a replica in this directory, which need not be one.</summary>
    public static bool IsRunning(string replica)
    {
        try
        {
            using var path = new ControlSocketPath(replica);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(path.EndPoint);
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <exception cref="FailureException">No node runs it, or it does not answer.</exception>
    public static async Task<ControlReply> AskAsync(string replica, ControlRequest request, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            using var path = new ControlSocketPath(replica);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(path.EndPoint, deadline.Token);
            await using var stream = new NetworkStream(socket);
            await ControlFrames.WriteAsync(stream, request, deadline.Token);
            while (await ControlFrames.ReadAsync(stream, ControlReply.Parser, deadline.Token) is { } reply)
            {
                if (reply.Done)
                    return reply;
            }
            throw new FailureException("the node ended before it answered", replica, "see its output");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw WhyNoAnswer(replica, e);
        }
        catch (OperationCanceledException e)
        {
            throw new FailureException($"the node did not answer within {patience.TotalSeconds:0} s", replica, "see its output", e);
        }
    }

    private static FailureException WhyNoAnswer(string replica, Exception cause)
    {
        if (ListensInVain(replica))
            return new FailureException("the node that runs this replica stands still: the directory was removed, moved or replaced under it", replica, "put the directory back, or end the node and start it again", cause);
        if (!Directory.Exists(replica))
            return new FailureException("there is no such directory", replica, "name the directory of a replica", cause);
        return new FailureException("no node runs this replica", replica, $"start one: ClientNode run {replica}", cause);
    }

    /// <summary>A socket is still listened on when its name is gone: only the system knows of it then.</summary>
    private static bool ListensInVain(string replica)
    {
        var file = ControlSocketPath.FileOf(replica);
        try
        {
            return !File.Exists(file) && File.ReadLines(SocketsOfTheSystem).Any(line => line.EndsWith(" " + file, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another system.
            return false;
        }
    }
}
