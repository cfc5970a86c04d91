namespace Actors.Configuration;

/// <summary>A configuration that cannot be used: the message says which key or position, and why.</summary>
public class ConfigurationException : Exception
{
    /// <summary>Creates the exception with what is wrong and where.</summary>
    public ConfigurationException(string message) : base(message) { }

    /// <summary>Creates the exception with what is wrong, where, and what caused it.</summary>
    public ConfigurationException(string message, Exception? innerException) : base(message, innerException) { }
}
