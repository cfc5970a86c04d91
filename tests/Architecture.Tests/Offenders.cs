using Xunit;

namespace Actors.Architecture.Tests;

internal static class Offenders
{
    /// <summary>Fails with all offenders, one a line, instead of the first few.</summary>
    public static void None(IEnumerable<string> offenders)
    {
        string[] found = [.. offenders];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
