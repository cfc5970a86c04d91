using System.Globalization;
using Actors.NodeShell;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace NodeShell.Tests.Time;

public sealed class TimeProviderSchedulerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly IDisposable _registration;
    private readonly TimeProviderScheduler _scheduler;
    private readonly List<string> _done = [];

    public TimeProviderSchedulerTests()
    {
        _registration = SchedulerTime.Register(nameof(TimeProviderSchedulerTests), _time, out var config);
        _scheduler = new TimeProviderScheduler(config, NoLogger.Instance);
    }

    private IActionScheduler Actions => _scheduler;

    public void Dispose()
    {
        _scheduler.Dispose();
        _registration.Dispose();
    }

    [Fact]
    public void An_action_runs_once_when_its_delay_is_over_and_not_before()
    {
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(10.5), () => _done.Add("once"));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Empty(_done);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Single(_done);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_done);
    }

    [Fact]
    public void An_action_may_wait_longer_than_a_timer_of_the_framework_can()
    {
        Actions.ScheduleOnce(TimeSpan.FromDays(100), () => _done.Add("late"));
        for (var day = 1; day < 100; day++)
            _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_done);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Single(_done);
    }

    [Fact]
    public void A_repetition_counts_from_the_turn_before_it_and_goes_on_after_an_action_that_failed()
    {
        Actions.ScheduleRepeatedly(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10), () =>
        {
            _done.Add(_scheduler.MonotonicClock.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
            throw new InvalidOperationException("meant");
        });
        for (var i = 0; i < 30; i++)
            _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, _done.Count);
    }

    [Fact]
    public void What_is_cancelled_does_not_run_and_neither_does_what_outlives_the_actor_system()
    {
        using var cancelable = new Cancelable(Actions);
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(10), () => _done.Add("cancelled"), cancelable);
        Actions.ScheduleRepeatedly(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), () => _done.Add("until the end"));
        cancelable.Cancel();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["until the end"], _done);
        _scheduler.Dispose();
        Actions.ScheduleOnce(TimeSpan.Zero, () => _done.Add("too late"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["until the end"], _done);
    }

    [Fact]
    public void What_is_cancelled_already_never_runs()
    {
        using var cancelable = new Cancelable(Actions);
        cancelable.Cancel();
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(1), () => _done.Add("cancelled"), cancelable);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_done);
    }

    [Fact]
    public async Task An_actor_system_made_with_its_id_counts_by_that_time()
    {
        using var registration = SchedulerTime.Register("a system's", _time, out var time);
        using var system = ActorSystem.Create("Timed", time.WithFallback(ConfigurationFactory.ParseString(
            "akka.scheduler.implementation = \"Actors.NodeShell.TimeProviderScheduler, NodeShell\"")));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromHours(1), told.SetResult);
        Assert.False(told.Task.IsCompleted);
        _time.Advance(TimeSpan.FromHours(1));
        await told.Task;
    }

    [Fact]
    public void A_time_that_is_not_registered_is_refused_by_name()
    {
        var e = Assert.Throws<ConfigurationException>(
            () => new TimeProviderScheduler(ConfigurationFactory.ParseString("actors.scheduler-time = nowhere"), NoLogger.Instance));
        Assert.Contains("nowhere", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_machines_time_stamps_count_from_its_boot_suspended_time_included()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // The first number of /proc/uptime is the clock that counts suspended time, in seconds.
        var before = Uptime();
        var stamp = BootTimeProvider.Instance.GetElapsedTime(0).TotalSeconds;
        var after = Uptime();
        Assert.InRange(stamp, before - 0.01, after + 0.01);

        static double Uptime() => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
