namespace Actors.Tests.Remote;

public class PhiAccrualFailureDetectorTests
{
    private static readonly WatchDetectorSettings Settings = new();

    [Fact]
    public void A_peer_nobody_heard_of_is_available()
    {
        var detector = new PhiAccrualFailureDetector(Settings);

        Assert.True(detector.IsAvailable(TimeSpan.FromDays(1)));
        Assert.False(detector.IsMonitoring);
    }

    [Fact]
    public void Regular_heartbeats_keep_a_peer_available_through_the_acceptable_pause()
    {
        var detector = Regular(out var last);

        Assert.True(detector.IsAvailable(last + TimeSpan.FromSeconds(10.9)));
        Assert.False(detector.IsAvailable(last + TimeSpan.FromSeconds(12)));
    }

    [Fact]
    public void Suspicion_grows_with_silence_without_end()
    {
        var detector = Regular(out var last);
        var before = 0.0;
        for (var s = 11.0; s < 14; s += 0.1)
        {
            var phi = detector.Phi(last + TimeSpan.FromSeconds(s));
            Assert.True(phi >= before, $"phi fell from {before} to {phi} at {s} s");
            before = phi;
        }
        Assert.True(before > 50);
        Assert.False(detector.IsAvailable(TimeSpan.FromDays(1000)));
    }

    [Fact]
    public void Half_of_all_heartbeats_come_later_than_the_mean() =>
        Assert.Equal(Math.Log10(2), Regular(out var last).Phi(last + TimeSpan.FromSeconds(11)), 6);

    [Fact]
    public void The_gap_of_an_outage_is_not_learnt()
    {
        var detector = Regular(out var last);
        detector.Heartbeat(last + TimeSpan.FromMinutes(10));

        Assert.False(detector.IsAvailable(last + TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(13)));
    }

    [Fact]
    public void Irregular_heartbeats_earn_patience()
    {
        var irregular = new PhiAccrualFailureDetector(Settings);
        var now = TimeSpan.Zero;
        for (var i = 0; i < 200; i++)
            irregular.Heartbeat(now += TimeSpan.FromSeconds(i % 2 == 0 ? 0.2 : 4));

        Assert.True(irregular.IsAvailable(now + TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public void Only_the_last_samples_count()
    {
        var detector = new PhiAccrualFailureDetector(Settings);
        var now = TimeSpan.Zero;
        for (var i = 0; i < 50; i++)
            detector.Heartbeat(now += TimeSpan.FromSeconds(i % 2 == 0 ? 0.2 : 4));
        for (var i = 0; i < 250; i++)
            detector.Heartbeat(now += TimeSpan.FromSeconds(1));

        Assert.False(detector.IsAvailable(now + TimeSpan.FromSeconds(12)));
    }

    private static PhiAccrualFailureDetector Regular(out TimeSpan last)
    {
        var detector = new PhiAccrualFailureDetector(Settings);
        last = TimeSpan.Zero;
        for (var i = 0; i < 250; i++)
            detector.Heartbeat(last += TimeSpan.FromSeconds(1));
        return detector;
    }
}
