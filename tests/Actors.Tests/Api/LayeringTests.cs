using System.Xml.Linq;

namespace Actors.Tests.Api;

public sealed class LayeringTests
{
    /// <summary>What each project of src may know. Tests and benchmarks may know anything.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Actors"] = [],
        ["Actors.TestKit"] = ["Actors"],
        ["Messages"] = [],
        ["Replication"] = ["Messages"],
        ["Hosting"] = ["Actors", "Messages", "Replication"],
        ["ServerNode"] = ["Actors", "Messages", "Replication", "Hosting"],
        ["ClientNode"] = ["Actors", "Messages", "Replication", "Hosting"],
        ["Simulation"] = ["Actors"],
        ["Lab"] = ["Actors", "Messages", "Replication", "Hosting", "ServerNode", "ClientNode", "Simulation"],
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

    [Fact]
    public void The_runtime_knows_sockets_in_its_tcp_transport_only()
    {
        var files =
            from file in SourceTree.CSharpFiles("src/Actors")
            where CodeText.Blank(SourceTree.Read(file)).Contains("System.Net.Sockets", StringComparison.Ordinal)
            where !Path.GetFileName(file).StartsWith("Tcp", StringComparison.Ordinal)
            select file;
        Offenders.None(files);
    }

    [Fact]
    public void The_local_runtime_does_not_know_the_remote_one()
    {
        var files =
            from file in SourceTree.CSharpFiles("src/Actors/Actor", "src/Actors/Event", "src/Actors/Configuration")
            where CodeText.Blank(SourceTree.Read(file)).Contains("using Actors.Remote", StringComparison.Ordinal)
            select file;
        Offenders.None(files);
    }

    private static IEnumerable<string> References(string project)
    {
        XDocument document = SourceTree.Project(project);
        // A reference without the assembly only orders the build: the server's demo starts the client's executable.
        foreach (XElement reference in document.Descendants("ProjectReference").Where(each => each.Attribute("ReferenceOutputAssembly")?.Value != "false"))
            yield return Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
        if (document.Descendants("UsesActorRuntime").Any(element => element.Value == "true"))
            yield return "Actors";
        if (document.Descendants("UsesActorTestKit").Any(element => element.Value == "true"))
            yield return "Actors.TestKit";
    }
}
