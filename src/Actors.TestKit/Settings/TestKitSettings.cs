using Actors.Configuration;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>The section <c>akka.test</c>.</summary>
public class TestKitSettings : IExtension
{
    private int _lastNumber;
    private long _lastRef = -1;

    public TestKitSettings(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", 1);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        ExpectNoMessageDefault = config.GetTimeSpan("akka.test.expect-no-message-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", TimeSpan.FromSeconds(3), allowInfinite: false);
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        TestKitStartupTimeout = config.GetTimeSpan("akka.test.testkit-startup-timeout", TimeSpan.FromSeconds(10), allowInfinite: false);
        LogTestKitCalls = config.GetBoolean("akka.test.testkit.debug", false);
        if (TestTimeFactor <= 0)
            throw new ConfigurationException("akka.test.timefactor must be positive");
    }

    /// <summary>The time-out of an Ask in tests.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long ExpectMsg and its like wait, outside of Within and when not told.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long ExpectNoMsg waits, outside of Within and when not told.</summary>
    public TimeSpan ExpectNoMessageDefault { get; }

    /// <summary>How long an event filter waits after its action.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>How long a test kit waits for its test actor.</summary>
    public TimeSpan TestKitStartupTimeout { get; }

    /// <summary>Every time-out is multiplied with this, see <see cref="TestKitBase.Dilated"/>.</summary>
    public double TestTimeFactor { get; }

    /// <summary>Whether the test kit logs what it waited for.</summary>
    public bool LogTestKitCalls { get; }

    /// <summary>The console of the system, if a test kit started it; such a system also has test actors run on their senders' threads.</summary>
    internal MutingLogSink? LogSink { get; set; }

    /// <summary>The name of a test actor ref that was given none.</summary>
    internal string NextRefName() => "$$" + ActorCell.Base64(Interlocked.Increment(ref _lastRef));

    /// <summary>Numbers that make names unique within the system.</summary>
    internal int NextNumber() => Interlocked.Increment(ref _lastNumber);
}
