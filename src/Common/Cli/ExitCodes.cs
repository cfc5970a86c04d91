namespace Actors.Common;

/// <summary>What every command line here answers its caller.</summary>
public static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>Wrong usage or wrong configuration: nothing was done.</summary>
    public const int Usage = 2;
}
