using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Nodes.Tests.Processes;

/// <summary>Certificates and configuration files for nodes, as README tells.</summary>
internal sealed class TlsFiles
{
    private readonly string _directory;

    /// <param name="directory">Where they lie; made.</param>
    /// <param name="trusted">The authority that all nodes trust.</param>
    public TlsFiles(string directory, X509Certificate2 trusted)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        File.WriteAllText(Path.Combine(_directory, "roots.pem"), trusted.ExportCertificatePem());
    }

    /// <param name="node">Whose: the certificate's name, too.</param>
    /// <param name="authority">Who has issued the certificate.</param>
    /// <param name="address">Which the certificate names; null: loopback.</param>
    /// <param name="more">More settings.</param>
    public string Configuration(string node, X509Certificate2 authority, IPAddress? address = null, string more = "")
    {
        var (certificate, file) = (Path.Combine(_directory, $"{node}.p12"), Path.Combine(_directory, $"{node}.conf"));
        File.WriteAllBytes(certificate, Certificates.Issue(authority, node, "secret", address ?? IPAddress.Loopback));
        File.WriteAllText(file, $$"""
            akka.remote.dot-netty.tcp {
              enable-ssl = on
              ssl.certificate { path = "{{certificate}}", password = secret }
            }
            actors.tls.trusted-roots = "{{Path.Combine(_directory, "roots.pem")}}"
            {{more}}
            """);
        return file;
    }
}
