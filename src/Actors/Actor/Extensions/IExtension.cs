namespace Actors.Runtime;

/// <summary>Something that every actor system has at most one of.</summary>
public interface IExtension;
