namespace Nodes.Tests.Processes;

/// <summary>A command that ran to its end.</summary>
internal sealed record FinishedCommand(int ExitCode, string Output, string Error);
