namespace Actors.Runtime;

/// <summary>Makes an extension.</summary>
public interface IExtensionId
{
    /// <summary>The type of the extension.</summary>
    Type ExtensionType { get; }

    /// <summary>Adds the extension, or hands out the one that is there.</summary>
    object Apply(ActorSystem system);

    /// <summary>The extension that is there; adds it if there is none.</summary>
    object Get(ActorSystem system);

    /// <summary>Makes the extension.</summary>
    object CreateExtension(ExtendedActorSystem system);
}
