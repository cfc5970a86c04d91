using System.Xml.Linq;

namespace Actors.Architecture.Tests;

/// <summary>The repository as the tests see it: found upwards from the test assembly, generated folders left out.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Hand-written C# files below the given folders, as paths relative to the root.</summary>
    public static IEnumerable<string> CSharpFiles(params string[] folders) => Files("*.cs", folders);

    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        folders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static XDocument Project(string file) => XDocument.Load(Path.Combine(Root, file));

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Actors.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("No Actors.sln above " + AppContext.BaseDirectory);
    }
}
