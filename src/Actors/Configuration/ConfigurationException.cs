using Actors.Runtime;

namespace Actors.Configuration;

/// <summary>A configuration that cannot be used: the message says which key or position, and why.</summary>
public class ConfigurationException : AkkaException
{
    /// <summary>Creates the exception with what is wrong and where.</summary>
    public ConfigurationException(string message) : base(message) { }

    /// <summary>Creates the exception with what is wrong, where, and what caused it.</summary>
    public ConfigurationException(string message, Exception? exception) : base(message, exception) { }

    /// <summary>The exception for a component whose settings are missing.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) => new(
        path is null
            ? $"{typeof(T).Name} was given no settings."
            : $"{typeof(T).Name} was given no settings: there are none at '{path}'.");
}
