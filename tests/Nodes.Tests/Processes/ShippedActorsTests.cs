using System.Reflection;
using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>What the nodes ship is the packages' actor system, to the byte: the laboratory's changed one stays there.</summary>
public sealed class ShippedActorsTests
{
    [Theory]
    [InlineData("Akka")]
    [InlineData("Akka.Remote")]
    public void The_nodes_ship_the_packages_assemblies(string assembly)
    {
        var package = Path.Combine(Metadata("Packages"), assembly.ToLowerInvariant(), Metadata("AkkaVersion"), "lib", "net6.0", assembly + ".dll");
        var packaged = File.ReadAllBytes(package);
        foreach (var executable in (string[])[Executables.Server, Executables.Client])
            Assert.True(packaged.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(executable)!, assembly + ".dll"))), $"beside {executable} is another {assembly}");
    }

    private static string Metadata(string key) =>
        typeof(ShippedActorsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
