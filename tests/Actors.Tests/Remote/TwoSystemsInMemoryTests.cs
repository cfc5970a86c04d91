namespace Actors.Tests.Remote;

public sealed class TwoSystemsInMemoryTests() : TwoSystemsSpecs(RemoteSystems.InMemory(out _));
