namespace Actors.Runtime;

/// <summary>One phase of a coordinated shutdown.</summary>
internal sealed record ShutdownPhase(string Name, IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool IsEnabled);
