namespace Actors.Runtime;

/// <summary>Marks messages that do not put off the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;
