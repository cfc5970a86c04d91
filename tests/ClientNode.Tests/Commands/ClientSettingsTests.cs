using Actors.Client.Commands;
using Actors.NodeShell;

namespace Actors.Client.Tests.Commands;

public sealed class ClientSettingsTests
{
    private static ClientSettings Load(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return ClientSettings.Load("replica", file, null, null, null);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_file_system_is_chosen_by_the_system_unless_it_is_named()
    {
        Assert.False(Load("").UsesPortableFiles);
        Assert.True(Load("actors.client.file-system = portable").UsesPortableFiles);
        Assert.Contains("file-system", Assert.Throws<UsageException>(() => Load("actors.client.file-system = fat")).Message);
    }

    [Fact]
    public void A_try_to_connect_does_not_fall_into_the_pause_of_the_one_before()
    {
        var config = Load("").Config;
        var shortest = config.GetTimeSpan("actors.client.backoff-min") * 0.75;
        Assert.True(config.GetTimeSpan("akka.remote.retry-gate-closed-for") < shortest);
    }

    [Theory]
    [InlineData("actors.client.rescan-every = 100ms")]
    [InlineData("actors.client.join-timeout = 100ms")]
    [InlineData("actors.client.backoff-max = 10ms")]
    public void Pauses_that_make_no_sense_are_refused(string text) => Assert.Throws<UsageException>(() => Load(text));
}
