using Actors.Event;

namespace Actors.Testing;

/// <summary>One kind of event that a filter waits for.</summary>
internal sealed record EventMatcher(string Description, Predicate<object> Fits) : IEventFilter
{
    public static EventMatcher Log<TEvent>(TextMatcher message, TextMatcher source)
        where TEvent : LogEvent =>
        new(Describe(typeof(TEvent).Name, message, source), published => Normalized(published) is TEvent e && message.Fits(Text(e)) && source.Fits(e.LogSource));

    public static EventMatcher Custom<TEvent>(Predicate<TEvent> predicate)
        where TEvent : LogEvent => new($"Custom {typeof(TEvent).Name}", published => Normalized(published) is TEvent e && predicate(e));

    public static EventMatcher Exception(Type type, TextMatcher message, TextMatcher source, bool checkInnerExceptions) =>
        new(Describe($"Error with {type}", message, source), published =>
            published is Error error
            && source.Fits(error.LogSource)
            && Causes(error.Cause, checkInnerExceptions).Any(cause => type.IsInstanceOfType(cause) && (message.Fits(Text(error)) || message.Fits(cause.Message))));

    public static EventMatcher DeadLetter(Type type, Predicate<object> isMatch, TextMatcher source) =>
        new(Describe($"DeadLetter of {type}", TextMatcher.Anything, source), published =>
            published is DeadLetter letter
            && type.IsInstanceOfType(letter.Message)
            && isMatch(letter.Message)
            && source.Fits(letter.Recipient.Path.ToString()!));

    public bool Apply(LogEvent logEvent) => Fits(logEvent);

    public override string ToString() => Description;

    /// <summary>An unhandled message counts as an info, as for Akka.NET's filters, whatever the log makes of it.</summary>
    private static object Normalized(object published) => published is UnhandledMessage unhandled
        ? new Info(unhandled.Recipient.Path.ToString()!, unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender} : {unhandled.Message}")
        : published;

    private static string Text(LogEvent e) => e.Message?.ToString() ?? "";

    private static IEnumerable<Exception> Causes(Exception? cause, bool inner)
    {
        for (; cause is not null; cause = inner ? cause.InnerException : null)
        {
            yield return cause;
            if (inner && cause is AggregateException { InnerExceptions: { } several })
            {
                foreach (Exception one in several.Skip(1))
                    yield return one;
            }
        }
    }

    private static string Describe(string what, TextMatcher message, TextMatcher source) =>
        string.Join(' ', new[] { what, message.Description, source.Description }.Where(part => part.Length > 0));
}
