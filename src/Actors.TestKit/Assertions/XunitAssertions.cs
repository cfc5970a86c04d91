using Xunit;
using Xunit.Sdk;

namespace Actors.Testing;

/// <summary>Assertions by xunit.</summary>
public class XunitAssertions : ITestKitAssertions
{
    /// <exception cref="TrueException">Always.</exception>
    public void Fail(string format = "", params object?[] args) => AssertTrue(false, format, args);

    /// <exception cref="TrueException">The condition does not hold.</exception>
    public void AssertTrue(bool condition, string format = "", params object?[] args)
    {
        if (!condition)
            Assert.True(condition, Text(format, args));
    }

    /// <exception cref="FalseException">The condition holds.</exception>
    public void AssertFalse(bool condition, string format = "", params object?[] args)
    {
        if (condition)
            Assert.False(condition, Text(format, args));
    }

    public void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args)
    {
        try
        {
            Assert.Equal(expected, actual);
        }
        catch (EqualException e)
        {
            throw new XunitException(Lines(Text(format, args), e.Message));
        }
    }

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(comparer);
        if (!comparer(expected, actual))
            throw new XunitException(Lines(Text(format, args), $"Expected: {expected}", $"Actual:   {actual}"));
    }

    /// <summary>Fails the test unless the action throws.</summary>
    /// <returns>What it threw.</returns>
    public Exception AssertThrows(Action action) => Assert.ThrowsAny<Exception>(action);

    /// <summary>Fails the test unless the action throws just this type.</summary>
    /// <returns>What it threw.</returns>
    public TException AssertThrows<TException>(Action action)
        where TException : Exception => Assert.Throws<TException>(action);

    /// <summary>Fails the test unless the action throws.</summary>
    /// <returns>What it threw.</returns>
    public Task<Exception> AssertThrowsAsync(Func<Task> action) => Assert.ThrowsAnyAsync<Exception>(action);

    /// <summary>Fails the test unless the action throws just this type.</summary>
    /// <returns>What it threw.</returns>
    public Task<TException> AssertThrowsAsync<TException>(Func<Task> action)
        where TException : Exception => Assert.ThrowsAsync<TException>(action);

    private static string Text(string format, object?[] args) => args.Length == 0 ? format : string.Format(format, args);

    private static string Lines(params string[] lines) => string.Join(Environment.NewLine, lines.Where(line => line.Length > 0));
}
