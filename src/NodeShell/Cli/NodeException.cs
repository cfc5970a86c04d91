namespace Actors.NodeShell;

/// <summary>Ends a command with a message for people: what is wrong, where, and what to do about it.</summary>
public abstract class NodeException : Exception
{
    private protected NodeException(string what, string where, string whatToDo, int exitCode, Exception? inner)
        : base(what, inner)
    {
        Where = where;
        WhatToDo = whatToDo;
        ExitCode = exitCode;
    }

    public string Where { get; }

    public string WhatToDo { get; }

    public int ExitCode { get; }

    /// <summary>The message as it goes to stderr, after the program's name.</summary>
    public string Explain() => $"{Message}\n  where:      {Where}\n  what to do: {WhatToDo}";
}

/// <summary>Wrong usage or configuration: exit code 2.</summary>
public sealed class UsageException : NodeException
{
    public UsageException(string what, string where, string whatToDo, Exception? inner = null)
        : base(what, where, whatToDo, ExitCodes.Usage, inner)
    {
    }
}

/// <summary>The command could not do its work: exit code 1.</summary>
public sealed class FailureException : NodeException
{
    public FailureException(string what, string where, string whatToDo, Exception? inner = null)
        : base(what, where, whatToDo, ExitCodes.Failure, inner)
    {
    }
}

/// <summary>What every command line here answers its caller.</summary>
public static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>Wrong usage or wrong configuration: nothing was done.</summary>
    public const int Usage = 2;
}
