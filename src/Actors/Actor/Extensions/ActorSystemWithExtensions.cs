namespace Actors.Runtime;

/// <summary>Short forms for extensions.</summary>
public static class ActorSystemWithExtensions
{
    /// <summary>The extension of a type, which has to be there.</summary>
    public static T WithExtension<T>(this ActorSystem system) where T : class, IExtension => system.GetExtension<T>()!;

    /// <summary>The extension of a type; added by the id if it is not there.</summary>
    public static T WithExtension<T>(this ActorSystem system, Type extensionId) where T : class, IExtension =>
        system.TryGetExtension(out T? found) ? found! : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId)!);

    /// <summary>The extension of a type; added by the id if it is not there.</summary>
    public static T WithExtension<T, TI>(this ActorSystem system) where T : class, IExtension where TI : IExtensionId =>
        system.WithExtension<T>(typeof(TI));
}
