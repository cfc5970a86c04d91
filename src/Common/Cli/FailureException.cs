namespace Actors.Common;

/// <summary>The command could not do its work: exit code 1.</summary>
public sealed class FailureException : NodeException
{
    public FailureException(string what, string where, string whatToDo, Exception? inner = null)
        : base(what, where, whatToDo, ExitCodes.Failure, inner)
    {
    }
}
