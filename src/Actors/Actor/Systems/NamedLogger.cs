using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>
/// An entry of <c>akka.loggers</c>: the type of a logger actor with its assembly, or anything else for the log sink. The
/// loggers that Akka.NET brings along, such as <c>Akka.Event.DefaultLogger, Akka</c>, are the sink here.
/// </summary>
internal static class NamedLogger
{
    /// <summary>The actor that an entry names; null if it means the sink.</summary>
    /// <exception cref="ConfigurationException">The type is not there, or is no actor.</exception>
    public static Type? TypeOf(string entry)
    {
        if (!entry.Contains(',', StringComparison.Ordinal) || entry.StartsWith("Akka.", StringComparison.Ordinal))
            return null;
        Type type = Type.GetType(entry) ?? throw new ConfigurationException($"The logger {entry} of akka.loggers is not there.");
        return typeof(ActorBase).IsAssignableFrom(type) ? type : throw new ConfigurationException($"The logger {entry} of akka.loggers is not an actor.");
    }
}
