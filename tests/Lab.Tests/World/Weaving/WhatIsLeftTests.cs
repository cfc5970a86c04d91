using Mono.Cecil;

namespace Actors.Lab.Tests.World.Weaving;

/// <summary>An update of Akka.NET cannot add an unnoticed way out of the world: every call that the weaver leaves was reviewed.</summary>
public sealed class WhatIsLeftTests
{
    [Theory]
    [InlineData("Akka")]
    [InlineData("Akka.Remote")]
    public void What_the_weaver_leaves_is_what_was_reviewed(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "woven", assembly + ".dll"));
        var left = RealCalls.In(module).Distinct().Order(StringComparer.Ordinal);
        var reviewed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "World", "Weaving", assembly + ".left.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')).Order(StringComparer.Ordinal);
        Assert.Equal(reviewed, left);
    }
}
