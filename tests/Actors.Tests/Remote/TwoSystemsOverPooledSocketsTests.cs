namespace Actors.Tests.Remote;

/// <summary>As where more peers are connected than have threads of their own.</summary>
public sealed class TwoSystemsOverPooledSocketsTests() : TwoSystemsSpecs(new RemoteSystems(common: "actors.remote.tcp.threads = 0"));
