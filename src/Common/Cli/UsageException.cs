namespace Actors.Common;

/// <summary>Wrong usage or configuration: exit code 2.</summary>
public sealed class UsageException : NodeException
{
    public UsageException(string what, string where, string whatToDo, Exception? inner = null)
        : base(what, where, whatToDo, ExitCodes.Usage, inner)
    {
    }
}
