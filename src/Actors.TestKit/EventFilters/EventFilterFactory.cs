using System.Text.RegularExpressions;
using Actors.Event;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// Says which events a test waits for. Of <c>message</c> (the whole text), <c>start</c> and <c>contains</c> the first
/// one given counts; <c>source</c> is an actor's path, or the end of one. Only what the log level lets pass is seen.
/// </summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly EventMatcher[] _matchers;

    /// <summary>Filters of the kit's system.</summary>
    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit?.Sys!)
    {
    }

    /// <summary>Filters of another system.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, EventMatcher[] matchers)
    {
        ArgumentNullException.ThrowIfNull(testkit);
        ArgumentNullException.ThrowIfNull(system);
        _testkit = testkit;
        _system = system;
        _matchers = matchers;
    }

    /// <summary>Any event that fits.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Custom<LogEvent>(predicate);

    /// <summary>Any event of a type that fits.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => With(EventMatcher.Custom(predicate));

    /// <summary>Any dead letter.</summary>
    public IEventFilterApplier DeadLetter() => DeadLetter<object>();

    /// <summary>A dead letter of a type.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    /// <summary>A dead letter of a type that fits.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(typeof(TMessage), message => isMatch((TMessage)message), source);

    /// <summary>A dead letter of a type.</summary>
    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(type, _ => true, source);

    /// <summary>A dead letter of a type that fits.</summary>
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        With(EventMatcher.DeadLetter(type, message => isMatch(message), TextMatcher.Source(source)));

    /// <summary>A debug event.</summary>
    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(EventMatcher.Log<Debug>(TextMatcher.Message(message, start, contains), TextMatcher.Source(source)));

    /// <summary>A debug event.</summary>
    public IEventFilterApplier Debug(Regex pattern, string? source = null) =>
        With(EventMatcher.Log<Debug>(TextMatcher.Message(pattern), TextMatcher.Source(source)));

    /// <summary>An information; an unhandled message is one.</summary>
    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(EventMatcher.Log<Info>(TextMatcher.Message(message, start, contains), TextMatcher.Source(source)));

    /// <summary>An information; an unhandled message is one.</summary>
    public IEventFilterApplier Info(Regex pattern, string? source = null) =>
        With(EventMatcher.Log<Info>(TextMatcher.Message(pattern), TextMatcher.Source(source)));

    /// <summary>A warning.</summary>
    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(EventMatcher.Log<Warning>(TextMatcher.Message(message, start, contains), TextMatcher.Source(source)));

    /// <summary>A warning.</summary>
    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        With(EventMatcher.Log<Warning>(TextMatcher.Message(pattern), TextMatcher.Source(source)));

    /// <summary>An error.</summary>
    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(EventMatcher.Log<Error>(TextMatcher.Message(message, start, contains), TextMatcher.Source(source)));

    /// <summary>An error.</summary>
    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        With(EventMatcher.Log<Error>(TextMatcher.Message(pattern), TextMatcher.Source(source)));

    /// <summary>An error caused by an exception of a type; its text may be the event's or the exception's.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    /// <summary>An error caused by an exception of a type; its text may be the event's or the exception's.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        With(EventMatcher.Exception(exceptionType, TextMatcher.Message(pattern), TextMatcher.Source(source), checkInnerExceptions));

    /// <summary>An error caused by an exception of a type; its text may be the event's or the exception's.</summary>
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    /// <summary>An error caused by an exception of a type; its text may be the event's or the exception's.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        With(EventMatcher.Exception(exceptionType, TextMatcher.Message(message, start, contains), TextMatcher.Source(source), checkInnerExceptions));

    /// <summary>An event of a level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) => logLevel switch
    {
        LogLevel.DebugLevel => Debug(message, start, contains, source),
        LogLevel.InfoLevel => Info(message, start, contains, source),
        LogLevel.WarningLevel => Warning(message, start, contains, source),
        LogLevel.ErrorLevel => Error(message, start, contains, source),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Unknown log level"),
    };

    /// <summary>An event of a level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) => logLevel switch
    {
        LogLevel.DebugLevel => Debug(pattern, source),
        LogLevel.InfoLevel => Info(pattern, source),
        LogLevel.WarningLevel => Warning(pattern, source),
        LogLevel.ErrorLevel => Error(pattern, source),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Unknown log level"),
    };

    private EventFilterApplier With(EventMatcher matcher) => new(_testkit, _system, [.. _matchers, matcher]);
}
