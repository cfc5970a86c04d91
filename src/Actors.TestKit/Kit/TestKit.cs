using Actors.Configuration;
using Actors.Event;
using Actors.Runtime;
using Actors.Runtime.Setup;
using Xunit.Abstractions;

namespace Actors.Testing;

/// <summary>The base class of tests of actors with xunit: one system for each test, ended with it.</summary>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where the log goes, if given.</summary>
    protected readonly ITestOutputHelper? Output;

    private bool _disposed;

    /// <summary>Uses a running system, which ends with the test, or starts one.</summary>
    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null)
        : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>Starts a system named <c>test</c>.</summary>
    public TestKit(string config, ITestOutputHelper? output = null)
        : this(ConfigurationFactory.ParseString(config), null, output)
    {
    }

    /// <summary>Starts a system, named <c>test</c> if not told.</summary>
    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>Starts a system with the parts given, named <c>test</c> if not told.</summary>
    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <inheritdoc cref="TestKitBase.DefaultConfig"/>
    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <inheritdoc cref="TestKitBase.FullDebugConfig"/>
    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    /// <summary>How the kit fails a test.</summary>
    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Ends the system.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called when the test is over, before the system ends.</summary>
    protected virtual void AfterAll()
    {
    }

    /// <summary>Ends the system.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }

    /// <summary>Writes the log of a system into the output of the test.</summary>
    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, "");

    /// <summary>Writes the log of a system into the output of the test, each line with a prefix.</summary>
    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (Output is { } output)
            EventTap.Subscribe(system, new OutputLog(output, prefix ?? "").Write, typeof(LogEvent));
    }
}
