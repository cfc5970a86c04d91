namespace Actors.Testing;

/// <summary>Marks a test class whose messages have no sender unless it names one; otherwise its test actor sends them.</summary>
public interface INoImplicitSender;
