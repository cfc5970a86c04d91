namespace Actors.Common;

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
