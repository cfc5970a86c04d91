using System.Security.Cryptography.X509Certificates;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>Nodes that show each other certificates, by configuration files as README tells.</summary>
public sealed class TlsTests : Playground
{
    private readonly X509Certificate2 _ours = Certificates.Authority("Ours");

    [OwnRuntimeFact(Timeout = 180_000)]
    public async Task Mutual_tls_lets_in_who_shows_a_trusted_certificate_and_nobody_else()
    {
        using var theirs = Certificates.Authority("Theirs");
        var (_, address) = await StartServerAsync("127.0.0.1:0", "--config", Configuration("server", _ours, "require-client-certificate = on"));

        var client = await StartClientAsync("a", address, "--config", Configuration("client", _ours, ""));
        await client.LineAsync("Client 1 welcomes you!");

        var stranger = Start(Executables.Client, "run", PathOf("b"), "--server", address, "--config", Configuration("stranger", theirs, ""));
        await stranger.LineAsync($"What answers at {address} cannot be used: ");
        var plain = Start(Executables.Client, "run", PathOf("c"), "--server", address);
        await plain.LineAsync($"What answers at {address} cannot be used: ");
    }

    [OwnRuntimeFact(Timeout = 180_000)]
    public async Task The_status_of_a_server_with_tls_needs_its_configuration_and_says_so()
    {
        var configuration = Configuration("server", _ours, "require-client-certificate = on");
        var (_, address) = await StartServerAsync("127.0.0.1:0", "--config", configuration);

        var plain = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address);
        Assert.Equal(1, plain.ExitCode);
        Assert.Contains("TLS", plain.Error);
        Assert.Contains("--config", plain.Error);

        var status = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address, "--config", configuration);
        Assert.Equal(0, status.ExitCode);
        Assert.Contains("0 clients are connected", status.Output);
    }

    private string Configuration(string node, X509Certificate2 authority, string tls)
    {
        File.WriteAllBytes(PathOf($"{node}.p12"), Certificates.Issue(authority, node, "secret"));
        File.WriteAllText(PathOf("roots.pem"), _ours.ExportCertificatePem());
        File.WriteAllText(PathOf($"{node}.conf"), $$"""
            akka.remote.dot-netty.tcp {
              enable-ssl = on
              ssl.certificate { path = "{{PathOf($"{node}.p12")}}", password = secret }
            }
            actors.remote.tls {
              trusted-roots = "{{PathOf("roots.pem")}}"
              {{tls}}
            }
            """);
        return PathOf($"{node}.conf");
    }
}
