using Actors.Event;

namespace Actors.Runtime;

/// <summary>The extensions that <c>akka.extensions</c> names, with their assemblies.</summary>
internal static class NamedExtensions
{
    /// <summary>Adds each. What is not there or fails is logged and left out, as in Akka.NET.</summary>
    public static void RegisterExtensions(this ActorSystem system, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            try
            {
                if (Type.GetType(name) is { } type && Activator.CreateInstance(type) is IExtensionId extension)
                    system.RegisterExtension(extension);
                else
                    system.Log.Error("[{0}] of akka.extensions is no extension id of this program and is left out", name);
            }
            catch (Exception fault)
            {
                system.Log.Error(fault, "[{0}] of akka.extensions cannot be loaded and is left out", name);
            }
        }
    }
}
