using System.Text;
using Google.Protobuf.Reflection;
using Xunit;

namespace Actors.Messages.Tests;

/// <summary>
/// What goes over the wire is a promise to nodes of other versions. The test compares the contract with the reviewed one in
/// contract.txt; to write that anew, run the tests with ACTORS_ACCEPT_CONTRACT=1 and read the difference.
/// </summary>
public sealed class ContractTests
{
    // Names that would hide a type of Akka.NET where both namespaces are used.
    private static readonly string[] Taken = ["Status", "Address", "Config", "Error", "Warning", "Info", "Debug", "Settings", "Terminated"];

    public static TheoryData<string> MessageNames => [.. WireContract.Messages.Select(message => message.Name)];

    [Fact]
    public void Names_numbers_and_types_of_all_fields_are_the_reviewed_ones()
    {
        var contract = Render();
        if (Environment.GetEnvironmentVariable("ACTORS_ACCEPT_CONTRACT") == "1")
            File.WriteAllText(ReviewedPath(), contract);
        Assert.Equal(File.ReadAllText(ReviewedPath()).Split('\n'), contract.Split('\n'));
    }

    [Fact]
    public void No_message_hides_a_type_of_the_actor_system()
    {
        Assert.DoesNotContain(WireContract.Messages, message => Taken.Contains(message.Name));
    }

    [Fact]
    public void Every_enum_starts_with_a_value_that_means_nothing()
    {
        foreach (var values in WireContract.Enums)
            Assert.EndsWith("_UNSPECIFIED", values.FindValueByNumber(0).Name);
    }

    private static string Render()
    {
        var text = new StringBuilder($"package {Join.Descriptor.File.Package}, serializer {MessageSerializer.Id}\n");
        foreach (var message in WireContract.Messages)
        {
            var manifest = MessageManifests.TryName(message.ClrType, out var name) ? $", manifest {name}" : "";
            text.Append(message.Name).Append(manifest).Append('\n');
            foreach (var field in message.Fields.InFieldNumberOrder())
                text.Append($"  {field.FieldNumber} {field.Name}: {TypeOf(field)}\n");
        }
        foreach (var values in WireContract.Enums)
        {
            text.Append(values.Name).Append('\n');
            foreach (var value in values.Values)
                text.Append($"  {value.Number} {value.Name}\n");
        }
        return text.ToString();
    }

    private static string TypeOf(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.Name,
            FieldType.Enum => field.EnumType.Name,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        var repeated = field.IsRepeated ? "repeated " : "";
        var choice = field.RealContainingOneof is { } oneof ? $", one of {oneof.Name}" : "";
        return repeated + type + choice + (field.HasPresence && field.RealContainingOneof is null && field.FieldType != FieldType.Message ? ", optional" : "");
    }

    // Not by the compiler's word for this file: a build in CI maps its paths.
    private static string ReviewedPath()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Actors.sln")))
            at = at.Parent;
        return Path.Combine(at!.FullName, "tests", "Messages.Tests", "contract.txt");
    }
}
