using System.Text.RegularExpressions;

namespace Actors.Tests.Api;

/// <summary>Code that both runtimes compile gets their namespaces from the build, never from its own text.</summary>
public sealed partial class RuntimeSwitchTests
{
    [Fact]
    public void Projects_under_the_switch_are_found()
    {
        Assert.Superset(
            new HashSet<string> { "src/Hosting", "src/ServerNode", "src/ClientNode", "tests/ServerNode.Tests", "tests/ClientNode.Tests" },
            ProjectsUnderTheSwitch().ToHashSet());
    }

    [Fact]
    public void No_source_under_the_switch_names_the_namespaces_of_either_runtime()
    {
        var offenders =
            from file in SourceTree.CSharpFiles([.. ProjectsUnderTheSwitch()])
            from Match match in RuntimeNamespace().Matches(CodeText.Blank(SourceTree.Read(file)))
            select $"{file} names {match.Value}";
        Offenders.None(offenders);
    }

    [Fact]
    public void No_source_under_the_switch_is_compiled_conditionally()
    {
        var offenders =
            from file in SourceTree.CSharpFiles([.. ProjectsUnderTheSwitch()])
            where Conditional().IsMatch(CodeText.Blank(SourceTree.Read(file)))
            select file;
        Offenders.None(offenders);
    }

    [Fact]
    public void No_shared_configuration_names_a_type()
    {
        var offenders =
            from file in SourceTree.Files("*.conf", "hocon")
            from Match match in TypeName().Matches(SourceTree.Read(file))
            select $"{file} names {match.Value}";
        Offenders.None(offenders);
    }

    private static IEnumerable<string> ProjectsUnderTheSwitch() =>
        from project in SourceTree.Files("*.csproj", "src", "tests")
        let document = SourceTree.Project(project)
        where document.Descendants("UsesActorRuntime").Any(element => element.Value == "true")
        where !document.Descendants("OwnRuntimeOnly").Any(element => element.Value == "true")
        select Path.GetDirectoryName(project)!.Replace('\\', '/');

    [GeneratedRegex(@"\bAkka\s*\.\s*\w+|\busing\s+Akka\b|\bActors\s*\.\s*(Runtime|Configuration|Event|Remote|Testing)\b")]
    private static partial Regex RuntimeNamespace();

    [GeneratedRegex(@"^\s*#\s*(if|elif|else)\b", RegexOptions.Multiline)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"\b(Akka|Actors)(\.\w+)+\s*,\s*(Akka|Actors)\b")]
    private static partial Regex TypeName();
}
