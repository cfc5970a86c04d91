namespace Actors.Configuration;

/// <summary>Bounds of the parser. Whatever exceeds one is refused with a <see cref="HoconParseException"/>, so hostile text neither hangs nor exhausts stack or memory.</summary>
internal static class HoconLimits
{
    /// <summary>How deep a text may nest: each bracket, brace and element of a key counts as one level.</summary>
    public const int NestingMax = 512;

    /// <summary>How deep a tree may get by substituting trees into trees.</summary>
    public const int ResolvedDepthMax = 512;

    /// <summary>How many values (and 16-character units of text) a resolved tree may hold, each occurrence of a shared part counted.</summary>
    public const long ResolvedWeightMax = 4_000_000;

    /// <summary>How many look-up steps resolving one document may take.</summary>
    public const long ResolveStepsMax = 5_000_000;

    /// <summary>How many files may include each other in a chain.</summary>
    public const int IncludeDepthMax = 64;

    /// <summary>How many files one document may include, each as often as it is included.</summary>
    public const int IncludesMax = 10_000;
}
