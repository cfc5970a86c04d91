namespace Actors.Configuration;

/// <summary>HOCON that cannot be read or resolved. The message starts with the position; own extension, Akka.NET has no counterpart.</summary>
public sealed class HoconParseException : ConfigurationException
{
    internal HoconParseException(string problem, HoconOrigin origin, Exception? innerException = null)
        : base($"{origin}: {problem}", innerException)
    {
        (Line, Column) = origin.Locate();
        SourceName = origin.Source?.Name;
        Problem = problem;
    }

    /// <summary>The file in which the error is, or null for text that came from no file.</summary>
    public string? SourceName { get; }

    /// <summary>The line of the error, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the error in UTF-16 units, counted from 1.</summary>
    public int Column { get; }

    /// <summary>What is wrong, without the position.</summary>
    public string Problem { get; }

    /// <summary>Where a cycle could be the cause: the field or substitution that the way round it comes back to.</summary>
    internal object? Cycle { get; init; }
}
