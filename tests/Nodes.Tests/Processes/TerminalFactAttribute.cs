using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>Needs the command that runs another one in a terminal of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalFactAttribute : FactAttribute
{
    public const string Script = "/usr/bin/script";

    public TerminalFactAttribute()
    {
        if (!File.Exists(Script))
            Skip = $"{Script} is not there: it makes the terminal";
    }
}
