using Actors.NodeShell;
using Actors.Server.Commands;

namespace Actors.Server.Tests.Commands;

public sealed class ServerSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("10.0.0.1:2346", "off", 1)]
    [InlineData("10.0.0.1:2346", "on", 0)]
    [InlineData("127.0.0.1:2346", "off", 0)]
    public void A_server_that_other_machines_can_reach_and_that_lets_every_client_in_warns(string listen, string requiresCertificate, int warnings)
    {
        var file = _directory.File("node.conf");
        File.WriteAllText(file, $"akka.remote.dot-netty.tcp.enable-ssl = on, akka.remote.dot-netty.tcp.ssl.require-mutual-authentication = {requiresCertificate}");
        Assert.Equal(warnings, ServerSettings.Load(file, listen, null, null).Warnings.Count(warning => warning.Contains("every user who can reach 10.0.0.1:2346")));
    }

    [Fact]
    public void What_is_kept_free_of_the_disk_can_be_set()
    {
        var file = _directory.File("node.conf");
        File.WriteAllText(file, "actors.server.disk-reserve = 1GiB");
        Assert.Equal(1L << 30, ServerSettings.Load(file, null, null, null).DiskReserveBytes);
        Assert.Equal(16L << 20, ServerSettings.Load(null, null, null, null).DiskReserveBytes);
    }

    [Fact]
    public void A_server_that_other_machines_can_reach_without_tls_is_refused() =>
        Assert.Throws<UsageException>(() => ServerSettings.Load(null, "10.0.0.1:2346", null, null));
}
