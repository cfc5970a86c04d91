using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Common;

/// <summary>A command with the examples that its help shows.</summary>
[SuppressMessage("Design", "CA1010", Justification = "The library's commands are enumerable only for collection initializers.")]
public sealed class NodeCommand : Command
{
    public NodeCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    public IReadOnlyList<string> Examples { get; }
}
