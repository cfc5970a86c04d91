using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nodes.Tests.Processes;

/// <summary>Certificates for tests of TLS.</summary>
internal static class Certificates
{
    private static readonly DateTimeOffset ValidFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An authority that no node trusts unless told to.</summary>
    public static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(ValidFrom, ValidFrom.AddYears(30));
    }

    /// <summary>A PKCS#12 file with a certificate for an address, and its private key.</summary>
    public static byte[] Issue(X509Certificate2 authority, string name, string password, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, ValidFrom, ValidFrom.AddYears(20), [1, 2, 3, (byte)name.Length]);
        using var certificate = issued.CopyWithPrivateKey(key);
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}
