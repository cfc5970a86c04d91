using Xunit.Abstractions;

namespace Actors.Testing;

/// <summary>Writes log events into the output of a test, for as long as it takes them.</summary>
internal sealed class OutputLog(ITestOutputHelper output, string prefix)
{
    private bool _ended;

    public void Write(object logEvent)
    {
        if (_ended)
            return;
        try
        {
            output.WriteLine(prefix + logEvent);
        }
        catch (InvalidOperationException)
        {
            // The test is over; its system may have a last word that nobody wants to hear.
            _ended = true;
        }
    }
}
