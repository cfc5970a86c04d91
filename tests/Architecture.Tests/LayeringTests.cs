using System.Xml.Linq;
using Xunit;

namespace Actors.Architecture.Tests;

public sealed class LayeringTests
{
    /// <summary>What each project of src may know. Tests and benchmarks may know anything.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Messages"] = [],
        ["NodeShell"] = ["Messages"],
        ["ServerNode"] = ["Messages", "NodeShell"],
        ["ClientNode"] = ["Messages", "NodeShell"],
        ["Lab.Hooks"] = [],
        ["Lab.Weaver"] = ["Lab.Hooks"],
        ["Lab"] = ["Messages", "NodeShell", "ServerNode", "ClientNode", "Lab.Hooks"],
    };

    [Fact]
    public void References_between_projects_point_one_way()
    {
        var wrong =
            from project in SourceTree.Files("*.csproj", "src")
            let name = Path.GetFileNameWithoutExtension(project)
            from reference in References(project)
            where !Allowed.GetValueOrDefault(name, []).Contains(reference)
            select $"{name} must not reference {reference}";
        Offenders.None(wrong);
    }

    [Fact]
    public void Every_project_of_src_has_its_place_in_the_layers()
    {
        var projects = SourceTree.Files("*.csproj", "src").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project)
    {
        XDocument document = SourceTree.Project(project);
        // A reference without the assembly only orders the build: the server's demo starts the client's executable.
        foreach (XElement reference in document.Descendants("ProjectReference").Where(each => each.Attribute("ReferenceOutputAssembly")?.Value != "false"))
            yield return Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
    }
}
