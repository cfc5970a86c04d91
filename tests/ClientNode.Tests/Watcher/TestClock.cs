using Microsoft.Extensions.Time.Testing;

namespace Actors.Client.Tests.Watcher;

/// <summary>A clock that stands still until it is told to go on. Starts at the machine's time, which files are stamped with.</summary>
public sealed class TestClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow());
