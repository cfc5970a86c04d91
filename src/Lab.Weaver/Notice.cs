namespace Actors.Lab.Weaver;

/// <summary>What lies beside woven assemblies, as the licence of what was changed asks for.</summary>
internal static class Notice
{
    public static string Of(IEnumerable<string> changes) =>
        $"""
        The assemblies in this folder are those of Akka.NET (https://getakka.net), CHANGED for simulation only: calls to clocks,
        randomness, task schedulers and waits go to Lab.Hooks.dll, and default configuration is read once. They are not
        what the nodes ship.

        {string.Join('\n', changes)}

        Akka.NET: Copyright (C) Lightbend Inc., Copyright (C) .NET Foundation. Licensed under the Apache License, Version 2.0
        (http://www.apache.org/licenses/LICENSE-2.0).

        """;
}
