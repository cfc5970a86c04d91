namespace Actors.Event;

/// <summary>Puts arguments into the text of a log message.</summary>
public interface ILogMessageFormatter
{
    /// <summary>The text with its arguments.</summary>
    string Format(string format, params object[] args);

    /// <summary>The text with its arguments.</summary>
    string Format(string format, IEnumerable<object> args);
}
