using Actors.Client.Connection;
using Actors.NodeShell;

namespace Actors.Client.Tests.Connection;

public sealed class SessionPatienceTests
{
    private readonly SessionPatience _patience = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30), new NoEntropy());

    [Fact]
    public void The_first_session_that_ends_is_followed_by_another_almost_at_once()
    {
        Assert.True(_patience.End(TimeSpan.FromSeconds(1)) < TimeSpan.FromMilliseconds(200));
        Assert.Null(_patience.Trouble);
    }

    [Fact]
    public void Pauses_grow_to_thirty_seconds_and_the_trouble_is_named()
    {
        var pauses = Enumerable.Range(0, 12).Select(_ => _patience.End(TimeSpan.FromSeconds(1))).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.InRange(pauses[^1].TotalSeconds, 30 * 0.75, 30 * 1.25);
        Assert.Contains("12 sessions in a row", _patience.Trouble);
    }

    [Fact]
    public void A_session_that_lasts_is_the_end_of_the_trouble()
    {
        for (var i = 0; i < 12; i++)
            _patience.End(TimeSpan.FromSeconds(1));
        _patience.NoteLasting();
        Assert.Null(_patience.Trouble);
        Assert.True(_patience.End(TimeSpan.FromMinutes(5)) < TimeSpan.FromMilliseconds(200));
    }

    private sealed class NoEntropy : IEntropy
    {
        public void Fill(Span<byte> bytes) => bytes.Clear();

        public ulong NextUInt64() => 0;
    }
}
