namespace Actors.Runtime;

/// <summary>Makes an extension of a type.</summary>
public interface IExtensionId<out T> : IExtensionId where T : IExtension
{
    /// <summary>Adds the extension, or hands out the one that is there.</summary>
    new T Apply(ActorSystem system);

    /// <summary>The extension that is there; adds it if there is none.</summary>
    new T Get(ActorSystem system);

    /// <summary>Makes the extension.</summary>
    new T CreateExtension(ExtendedActorSystem system);
}
