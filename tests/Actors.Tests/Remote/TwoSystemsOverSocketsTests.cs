namespace Actors.Tests.Remote;

public sealed class TwoSystemsOverSocketsTests() : TwoSystemsSpecs(new RemoteSystems());
