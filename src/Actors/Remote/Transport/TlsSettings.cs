using System.Security.Cryptography.X509Certificates;

namespace Actors.Remote;

/// <summary>How connections are encrypted and peers recognised.</summary>
/// <param name="Certificate">This node's certificate with its private key.</param>
/// <param name="SuppressValidation">Whether any certificate of the peer will do (<c>ssl.suppress-validation</c>).</param>
/// <param name="RequireClientCertificate">Whether a node that dials must show a certificate too.</param>
/// <param name="TrustedRoots">The authorities that peers' certificates must come from; the system's when empty.</param>
internal sealed record TlsSettings(
    X509Certificate2 Certificate,
    bool SuppressValidation,
    bool RequireClientCertificate,
    X509Certificate2Collection TrustedRoots)
{
    /// <summary>Reads PKCS#12 files.</summary>
    /// <exception cref="Configuration.ConfigurationException">A file cannot be read, or holds no private key.</exception>
    public static TlsSettings Load(string certificatePath, string password, bool suppressValidation, bool requireClientCertificate, string trustedRootsPath)
    {
        if (certificatePath == "")
            throw new Configuration.ConfigurationException("akka.remote.dot-netty.tcp.ssl.certificate.path is not set, and TLS needs a certificate");
        var certificate = Read(certificatePath, () => OwnCertificate(certificatePath, password));
        if (!certificate.HasPrivateKey)
            throw new Configuration.ConfigurationException($"akka.remote.dot-netty.tcp.ssl.certificate.path: '{certificatePath}' holds no private key");
        var roots = trustedRootsPath == "" ? [] : Read(trustedRootsPath, () => Roots(trustedRootsPath));
        return new TlsSettings(certificate, suppressValidation, requireClientCertificate, roots);
    }

    /// <summary>A file with a certificate alone is read too, so that what is said of it is what it lacks.</summary>
    private static X509Certificate2 OwnCertificate(string path, string password) => X509Certificate2.GetCertContentType(path) == X509ContentType.Cert
        ? X509CertificateLoader.LoadCertificateFromFile(path)
        : X509CertificateLoader.LoadPkcs12FromFile(path, password);

    private static X509Certificate2Collection Roots(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        return roots;
    }

    private static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new Configuration.ConfigurationException($"The certificate file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
