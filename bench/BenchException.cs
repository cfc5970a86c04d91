namespace Actors.Bench;

/// <summary>A figure could not be measured; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
