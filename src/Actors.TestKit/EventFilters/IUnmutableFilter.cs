namespace Actors.Testing;

/// <summary>Keeps events out of the log until it is disposed of.</summary>
public interface IUnmutableFilter : IDisposable
{
    /// <summary>Lets the events pass again.</summary>
    void Unmute();
}
