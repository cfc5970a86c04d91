using System.Security.Cryptography.X509Certificates;

namespace Actors.Tests.Remote;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-tls-").FullName;
    private readonly X509Certificate2 _authority = Certificates.Authority("Ours");

    public void Dispose()
    {
        _systems.Dispose();
        Directory.Delete(_directory, recursive: true);
        _authority.Dispose();
    }

    [Fact]
    public async Task Systems_with_certificates_of_one_authority_talk()
    {
        var server = Start("Server", _authority, "");
        var client = Start("Client", _authority, "");

        Assert.Equal("hi", await Ask(client, server));
        Assert.StartsWith("akka.ssl.tcp://Server@", RemoteSystems.AddressOf(server).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_mutual_TLS_both_show_their_certificates()
    {
        var server = Start("Server", _authority, "actors.remote.tls.require-client-certificate = on");
        var client = Start("Client", _authority, "");

        Assert.Equal("hi", await Ask(client, server));
    }

    [Fact]
    public async Task A_client_of_another_authority_is_kept_out_by_mutual_TLS()
    {
        using var stranger = Certificates.Authority("Stranger");
        var server = Start("Server", _authority, "actors.remote.tls.require-client-certificate = on");
        var client = Start("Client", stranger, "akka.remote.dot-netty.tcp.ssl.suppress-validation = on");
        var failed = client.Hear<AssociationErrorEvent>();

        await Assert.ThrowsAsync<AskTimeoutException>(() => Ask(client, server, TimeSpan.FromMilliseconds(500)));

        await failed.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_talked_to()
    {
        using var stranger = Certificates.Authority("Stranger");
        var server = Start("Server", stranger, "");
        var client = Start("Client", _authority, "");
        var failed = client.Hear<AssociationErrorEvent>();

        await Assert.ThrowsAsync<AskTimeoutException>(() => Ask(client, server, TimeSpan.FromMilliseconds(500)));

        await failed.WaitAsync(Limit);
    }

    [Fact]
    public async Task Without_validation_any_certificate_will_do()
    {
        using var stranger = Certificates.Authority("Stranger");
        var server = Start("Server", stranger, "akka.remote.dot-netty.tcp.ssl.suppress-validation = on");
        var client = Start("Client", _authority, "akka.remote.dot-netty.tcp.ssl.suppress-validation = on");

        Assert.Equal("hi", await Ask(client, server));
    }

    [Fact]
    public async Task Large_messages_pass_in_both_directions()
    {
        var server = Start("Server", _authority, "");
        var client = Start("Client", _authority, "");
        server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = await client.ActorSelection(RemoteSystems.PathOf(server, "/user/echo")).ResolveOne(Limit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => echo.Ask<byte[]>(new byte[100_000 + i], Limit)));

        Assert.Equal(Enumerable.Range(100_000, 100), answers.Select(a => a.Length));
    }

    [Fact]
    public void A_certificate_file_that_is_not_there_is_a_configuration_error()
    {
        var error = Assert.Throws<ConfigurationException>(() => _systems.Start("Server", """
            akka.remote.dot-netty.tcp { enable-ssl = on, ssl.certificate.path = "/nowhere/at-all.pfx" }
            """));

        Assert.Contains("/nowhere/at-all.pfx", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_certificate_without_its_private_key_is_a_configuration_error_that_says_so(bool isPkcs12)
    {
        var path = Path.Combine(_directory, "no-key");
        using var bare = X509CertificateLoader.LoadCertificate(_authority.RawData);
        File.WriteAllBytes(path, bare.Export(isPkcs12 ? X509ContentType.Pkcs12 : X509ContentType.Cert));

        var error = Assert.Throws<ConfigurationException>(() => _systems.Start("Server", $$"""
            akka.remote.dot-netty.tcp { enable-ssl = on, ssl.certificate.path = "{{path}}" }
            """));

        Assert.Contains("private key", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> Ask(ActorSystem client, ActorSystem server, TimeSpan? limit = null)
    {
        server.ActorOf(Props.Create<EchoActor>(), "echo");
        return await client.ActorSelection(RemoteSystems.PathOf(server, "/user/echo")).Ask<string>("hi", limit ?? Limit);
    }

    private ActorSystem Start(string name, X509Certificate2 authority, string config)
    {
        var pfx = Path.Combine(_directory, name + ".pfx");
        File.WriteAllBytes(pfx, Certificates.Issue(authority, name, "secret"));
        var roots = Path.Combine(_directory, "roots.pem");
        File.WriteAllText(roots, _authority.ExportCertificatePem());
        return _systems.Start(name, $$"""
            akka.remote.dot-netty.tcp {
              enable-ssl = on
              ssl.certificate { path = "{{pfx}}", password = secret }
            }
            actors.remote.tls.trusted-roots = "{{roots}}"
            {{config}}
            """);
    }
}
