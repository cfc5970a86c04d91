using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;

namespace Actors.NodeShell;

/// <summary>
/// What all command lines of the project have in common: a command that is meant where none is named, --help with
/// examples, --version, errors on stderr as what, where and what to do, exit codes 0, 1 and 2.
/// </summary>
public static class NodeCommandLine
{
    /// <param name="program">The executable's name: "ServerNode".</param>
    /// <param name="description">What it is, in a sentence.</param>
    /// <param name="args">The arguments as the process got them.</param>
    /// <param name="commands">The first one is meant where none is named.</param>
    public static async Task<int> RunAsync(string program, string description, string[] args, params NodeCommand[] commands)
    {
        IgnoredInterrupt.Reset();
        // Leaves the main thread: signals come to it first, and while it waits for a disk that does not answer it takes none.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await RunAsync(program, description, args, Console.Out, Console.Error, commands);
    }

    /// <summary>The same, writing elsewhere.</summary>
    public static async Task<int> RunAsync(
        string program, string description, string[] args, TextWriter output, TextWriter error, params NodeCommand[] commands)
    {
        var root = new RootCommand(description);
        foreach (var command in commands)
            root.Subcommands.Add(command);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);

        var parsed = root.Parse(WithDefaultCommand(args, commands));
        string[] errors = [.. parsed.Errors.Select(each => each.Message), .. UnknownOptions(parsed, args)];
        if (errors.Length > 0 && parsed.Action is not ExamplesHelpAction)
        {
            var named = parsed.CommandResult.Command is NodeCommand command ? $"{program} {command.Name}" : program;
            var what = string.Join(" ", errors);
            return Fail(error, program, new UsageException(what, "command line: " + string.Join(' ', args), $"see {named} --help"));
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                // Signals are answered by NodeProcess, in order and with its own deadline.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration);
        }
        catch (NodeException e)
        {
            return Fail(error, program, e);
        }
    }

    // The parser takes an option that it does not know for an argument, or for the value of the option before it.
    private static IEnumerable<string> UnknownOptions(ParseResult parsed, string[] args) => args.Contains("--") ? [] : parsed.CommandResult.Children
        .SelectMany(each => each.Tokens.Where(token => token.Value.StartsWith(each is ArgumentResult ? "-" : "--", StringComparison.Ordinal)))
        .Select(token => $"'{token.Value}' is not an option of this command.");

    private static int Fail(TextWriter error, string program, NodeException e)
    {
        error.WriteLine($"{program}: {e.Explain()}");
        return e.ExitCode;
    }

    // "ServerNode --listen ..." means "ServerNode run --listen ...", and "ClientNode DIR" means "ClientNode run DIR".
    private static string[] WithDefaultCommand(string[] args, NodeCommand[] commands) =>
        args is [] || !(commands.Any(each => each.Name == args[0]) || args[0] is "--help" or "-h" or "-?" or "/?" or "/h" or "--version")
            ? [commands[0].Name, .. args]
            : args;
}

/// <summary>A command with the examples that its help shows.</summary>
[SuppressMessage("Design", "CA1010", Justification = "The library's commands are enumerable only for collection initializers.")]
public sealed class NodeCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>Options that commands of both nodes have.</summary>
public static class NodeOptions
{
    /// <param name="defaults">The file in hocon/ that it is read over.</param>
    public static Option<string?> Config(string defaults) => new("--config") { Description = $"A HOCON file over the defaults in hocon/{defaults}", HelpName = "FILE" };

    public static Option<string?> Events() => new("--events") { Description = "Append a history of events, one JSON object a line", HelpName = "FILE" };

    public static Option<bool> Json() => new("--json") { Description = "Print a JSON object" };
}

/// <summary>The usual help, and examples below it.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var examples = command is NodeCommand one
            ? one.Examples
            : [.. command.Subcommands.OfType<NodeCommand>().SelectMany(each => each.Examples.Take(1))];
        if (examples.Count == 0)
            return result;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return result;
    }
}

/// <summary>Ends a command with a message for people: what is wrong, where, and what to do about it.</summary>
public abstract class NodeException(string what, string where, string whatToDo, int exitCode, Exception? inner) : Exception(what, inner)
{
    public string Where => where;

    public string WhatToDo => whatToDo;

    public int ExitCode => exitCode;

    /// <summary>The message as it goes to stderr, after the program's name.</summary>
    public string Explain() => $"{Message}\n  where:      {Where}\n  what to do: {WhatToDo}";
}

/// <summary>Wrong usage or configuration: exit code 2.</summary>
public sealed class UsageException(string what, string where, string whatToDo, Exception? inner = null)
    : NodeException(what, where, whatToDo, ExitCodes.Usage, inner);

/// <summary>The command could not do its work: exit code 1.</summary>
public sealed class FailureException(string what, string where, string whatToDo, Exception? inner = null)
    : NodeException(what, where, whatToDo, ExitCodes.Failure, inner);

/// <summary>What every command line here answers its caller.</summary>
public static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>Wrong usage or wrong configuration: nothing was done.</summary>
    public const int Usage = 2;
}
