namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Units format", "Duration format" and "Size in bytes format".</summary>
public sealed class UnitTests
{
    [Theory]
    [InlineData("10", 100_000)]
    [InlineData("\"10\"", 100_000)]
    [InlineData("0.5", 5_000)]
    [InlineData("100 ns", 1)]
    [InlineData("1000nano", 10)]
    [InlineData("1000nanos", 10)]
    [InlineData("1000nanosecond", 10)]
    [InlineData("1000nanoseconds", 10)]
    [InlineData("2us", 20)]
    [InlineData("2micro", 20)]
    [InlineData("2micros", 20)]
    [InlineData("2microsecond", 20)]
    [InlineData("2microseconds", 20)]
    [InlineData("3ms", 30_000)]
    [InlineData("3milli", 30_000)]
    [InlineData("3millis", 30_000)]
    [InlineData("3millisecond", 30_000)]
    [InlineData("3 milliseconds", 30_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("1second", 10_000_000)]
    [InlineData("\"  1  seconds  \"", 10_000_000)]
    [InlineData("1m", 600_000_000)]
    [InlineData("1minute", 600_000_000)]
    [InlineData("1minutes", 600_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("1hour", 36_000_000_000)]
    [InlineData("1hours", 36_000_000_000)]
    [InlineData("1d", 864_000_000_000)]
    [InlineData("1day", 864_000_000_000)]
    [InlineData("1days", 864_000_000_000)]
    public void Duration_is_a_number_and_a_unit(string text, long ticks) =>
        Assert.Equal(TimeSpan.FromTicks(ticks), ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a"));

    [Theory]
    [InlineData("1S")]
    [InlineData("1Seconds")]
    [InlineData("1 week")]
    [InlineData("s")]
    [InlineData("\"\"")]
    [InlineData("-1s")]
    [InlineData("1 s s")]
    [InlineData("off")]
    [InlineData("99999999999 d")]
    [InlineData("1e28 d")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void Anything_else_is_no_duration(string text) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a"));

    [Fact]
    public void Infinite_is_a_duration_where_allowed()
    {
        Config config = "a = infinite, b = Infinite";
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("b", TimeSpan.Zero, allowInfinite: true));
        Assert.Throws<ConfigurationException>(() => config.GetTimeSpan("a", null, allowInfinite: false));
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("128000b", 128_000)]
    [InlineData("1B", 1)]
    [InlineData("1 byte", 1)]
    [InlineData("2bytes", 2)]
    [InlineData("128kB", 128_000)]
    [InlineData("128KB", 128_000)]
    [InlineData("1kilobyte", 1_000)]
    [InlineData("1kilobytes", 1_000)]
    [InlineData("1.5MB", 1_500_000)]
    [InlineData("1megabyte", 1_000_000)]
    [InlineData("1GB", 1_000_000_000)]
    [InlineData("1gigabytes", 1_000_000_000)]
    [InlineData("1TB", 1_000_000_000_000)]
    [InlineData("1PB", 1_000_000_000_000_000)]
    [InlineData("1EB", 1_000_000_000_000_000_000)]
    [InlineData("1exabyte", 1_000_000_000_000_000_000)]
    [InlineData("1K", 1024)]
    [InlineData("1k", 1024)]
    [InlineData("1Ki", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("1kibibyte", 1024)]
    [InlineData("1kibibytes", 1024)]
    [InlineData("1m", 1024 * 1024)]
    [InlineData("1MiB", 1024 * 1024)]
    [InlineData("1mebibytes", 1024 * 1024)]
    [InlineData("1G", 1024L * 1024 * 1024)]
    [InlineData("1GiB", 1024L * 1024 * 1024)]
    [InlineData("1t", 1024L * 1024 * 1024 * 1024)]
    [InlineData("1tebibyte", 1024L * 1024 * 1024 * 1024)]
    [InlineData("1PiB", 1024L * 1024 * 1024 * 1024 * 1024)]
    [InlineData("7EiB", 7 * 1024L * 1024 * 1024 * 1024 * 1024 * 1024)]
    [InlineData("0.000001YB", 1_000_000_000_000_000_000)]
    [InlineData("0 ZiB", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Size_is_a_number_and_a_unit(string text, long bytes) =>
        Assert.Equal(bytes, ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("1kb")]
    [InlineData("1gB")]
    [InlineData("1 KIB")]
    [InlineData("-1B")]
    [InlineData("8EiB")]
    [InlineData("1YB")]
    [InlineData("x")]
    public void Anything_else_is_no_size(string text) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));
}
