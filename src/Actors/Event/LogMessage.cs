namespace Actors.Event;

/// <summary>The text of a log message and its arguments, put together only if somebody reads it.</summary>
public abstract class LogMessage
{
    /// <summary>Puts the arguments in.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>Creates the message.</summary>
    protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    /// <summary>The text with its placeholders.</summary>
    public string Format { get; }

    /// <summary>The arguments.</summary>
    public abstract IEnumerable<object> Parameters();

    /// <summary>The text with its placeholders, and the arguments beside it: what can be shown of a text that does not fit them.</summary>
    public virtual string Unformatted()
    {
        string arguments = string.Join(", ", Parameters());
        return arguments.Length == 0 ? Format : $"{Format} [{arguments}]";
    }

    /// <inheritdoc/>
    public override string ToString() => Formatter.Format(Format, Parameters());
}
