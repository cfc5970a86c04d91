using System.Net;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>Nodes that show each other certificates, by configuration files as README tells.</summary>
public sealed class TlsTests : Playground
{
    [Fact(Timeout = 300_000)]
    public async Task Mutual_tls_lets_in_who_shows_a_trusted_certificate_and_nobody_else()
    {
        using var ours = Certificates.Authority("Ours");
        using var theirs = Certificates.Authority("Theirs");
        var tls = new TlsFiles(PathOf("tls"), ours);
        var (_, address) = await StartServerAsync("127.0.0.1:0", "--config", tls.Configuration("server", ours));

        var client = await StartClientAsync("a", address, "--config", tls.Configuration("client", ours));
        await client.LineAsync("Client 1 welcomes you!");

        var stranger = Start(Executables.Client, "run", PathOf("b"), "--server", address, "--config", tls.Configuration("stranger", theirs));
        await stranger.LineAsync($"What answers at {address} cannot be used: ");
        var plain = Start(Executables.Client, "run", PathOf("c"), "--server", address);
        await plain.LineAsync($"What answers at {address} cannot be used: ");
        Assert.DoesNotContain(stranger.Lines().Concat(plain.Lines()), line => line.Contains("Connected with server", StringComparison.Ordinal));
    }

    [Fact(Timeout = 300_000)]
    public async Task The_status_of_a_server_with_tls_needs_its_configuration_and_says_so()
    {
        using var ours = Certificates.Authority("Ours");
        var configuration = new TlsFiles(PathOf("tls"), ours).Configuration("server", ours);
        var (_, address) = await StartServerAsync("127.0.0.1:0", "--config", configuration);

        var plain = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address);
        Assert.Equal(1, plain.ExitCode);
        Assert.Contains("TLS", plain.Error);
        Assert.Contains("--config", plain.Error);

        var status = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address, "--config", configuration);
        Assert.Equal(0, status.ExitCode);
        Assert.Contains("0 clients are connected", status.Output);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_server_whose_certificate_names_another_address_is_not_used()
    {
        using var ours = Certificates.Authority("Ours");
        var tls = new TlsFiles(PathOf("tls"), ours);
        var (_, address) = await StartServerAsync("127.0.0.1:0", "--config", tls.Configuration("server", ours, IPAddress.Parse("10.1.2.3")));

        var client = Start(Executables.Client, "run", PathOf("a"), "--server", address, "--config", tls.Configuration("client", ours));
        await client.LineAsync($"What answers at {address} cannot be used: ");
        Assert.Single(client.Lines(), line => line.Contains("cannot be used", StringComparison.Ordinal));
    }
}
