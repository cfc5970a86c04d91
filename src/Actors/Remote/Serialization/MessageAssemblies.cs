using System.Reflection;

namespace Actors.Remote;

/// <summary>
/// Finds the assemblies whose protobuf messages a program means to exchange: what is loaded, and what that refers to,
/// so that nobody has to register anything.
/// </summary>
internal static class MessageAssemblies
{
    private const string Protobuf = "Google.Protobuf";

    /// <param name="names">The only assemblies to take, by simple name; empty takes all that the program refers to.</param>
    public static IReadOnlyCollection<Assembly> Find(IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
            return [.. names.Select(Assembly.Load)];
        var found = new HashSet<Assembly>();
        var visited = new HashSet<string>();
        var open = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
        while (open.TryPop(out var assembly))
        {
            var name = assembly.GetName().Name ?? "";
            if (assembly.IsDynamic || !visited.Add(name) || IsPlatform(name))
                continue;
            var references = assembly.GetReferencedAssemblies();
            if (name != Protobuf && assembly != typeof(MessageAssemblies).Assembly && Array.Exists(references, r => r.Name == Protobuf))
                found.Add(assembly);
            foreach (var reference in references)
            {
                if (!visited.Contains(reference.Name!) && !IsPlatform(reference.Name!) && TryLoad(reference) is { } loaded)
                    open.Push(loaded);
            }
        }
        return found;
    }

    private static bool IsPlatform(string name) =>
        name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName reference)
    {
        try
        {
            return Assembly.Load(reference);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null; // a reference that this program was deployed without; it has no messages to exchange
        }
    }
}
