namespace Actors.Tests.Api;

/// <summary>
/// The public surface of the runtime and its test kit, against a text that was read and approved. If a change is meant,
/// run the tests once with ACTORS_APPROVE_API=1 set, and review what changed in the approved files.
/// </summary>
public sealed class ApiSnapshotTests
{
    private const string Approve = "ACTORS_APPROVE_API";

    [Theory]
    [InlineData("Actors", typeof(ActorSystem))]
    [InlineData("Actors.TestKit", typeof(TestKitBase))]
    public void The_public_surface_is_the_approved_one(string name, Type inside)
    {
        string file = Path.Combine("tests", "Actors.Tests", "Api", name + ".approved.txt");
        string surface = PublicSurface.Of(inside.Assembly);
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(Path.Combine(SourceTree.Root, file), surface);

        string[] approved = SourceTree.Read(file).Split('\n');
        string[] actual = surface.Split('\n');
        Offenders.None(
        [
            .. actual.Except(approved).Select(line => $"not in {file}: {line}"),
            .. approved.Except(actual).Select(line => $"only in {file}: {line}"),
            .. surface == SourceTree.Read(file) ? Array.Empty<string>() : [$"{file} differs; if that is meant, set {Approve}=1 and review the change"],
        ]);
    }

    [Fact]
    public void Nothing_public_lies_directly_in_the_root_namespace()
    {
        // It would win over what files of Actors.* import, without a word.
        var wrong =
            from assembly in new[] { typeof(ActorSystem).Assembly, typeof(TestKitBase).Assembly }
            from type in assembly.GetExportedTypes()
            where type.Namespace is null or "Actors"
            select type.FullName!;
        Offenders.None(wrong);
    }
}
