namespace Actors.Runtime;

/// <summary>Marks messages that are refused from untrusted remote systems.</summary>
public interface IPossiblyHarmful;
