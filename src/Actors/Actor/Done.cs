namespace Actors.Runtime;

/// <summary>Says that something completed, where there is nothing else to say.</summary>
public sealed class Done
{
    /// <summary>The only instance.</summary>
    public static readonly Done Instance = new();

    private Done() { }
}
