using System.Runtime.Loader;

/// <summary>
/// Runs before anything else of a program that simulates, and finds the woven assemblies for it: they lie in a folder of
/// their own, so that no other program takes them for those that are shipped.
/// </summary>
internal static class StartupHook
{
    public const string Folder = "woven";

    // The runtime knows it by this name.
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        var path = Path.Combine(AppContext.BaseDirectory, Folder, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    };
}
