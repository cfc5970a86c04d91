namespace Actors.Hosting;

/// <summary>A logged event in one line for people: when, how bad, what, why. No types and no stack trace.</summary>
internal static class PlainLogText
{
    public static string Of(LogEvent logged)
    {
        var text = $"{logged.Message}";
        for (var cause = logged.Cause; cause is not null; cause = cause.InnerException)
        {
            // What wraps another exception often only names it, and what is logged often holds the message already.
            if (!IsWrapper(cause) && !text.Contains(cause.Message, StringComparison.Ordinal))
                text += $": {cause.Message}";
        }
        return $"{logged.Timestamp:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} [{logged.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToUpperInvariant()}] {NodeJournal.OnOneLine(text)}";
    }

    private static bool IsWrapper(Exception cause) =>
        cause is AggregateException or ActorInitializationException && cause.InnerException is not null;
}
