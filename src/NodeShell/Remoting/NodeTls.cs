using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace Actors.NodeShell;

/// <summary>
/// TLS as Akka.Remote has it, with a check of peers' certificates that can trust an authority of one's own: chain, purpose,
/// validity, and of the server's also that it names the address which was dialled.
/// </summary>
public static class NodeTls
{
    private const string Tcp = "akka.remote.dot-netty.tcp.";
    private const string TrustedRoots = "actors.tls.trusted-roots";
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    public static bool IsOn(Config config) => config.GetBoolean(Tcp + "enable-ssl", false);

    /// <summary>Only who shows a trusted certificate gets in.</summary>
    public static bool IsMutual(Config config) => config.GetBoolean(Tcp + "ssl.require-mutual-authentication", true);

    /// <summary>What an actor system needs beside its configuration; null where TLS is off.</summary>
    /// <exception cref="UsageException">A certificate is missing, or cannot be used.</exception>
    public static DotNettySslSetup? Setup(Config config)
    {
        if (!IsOn(config))
            return null;
        var check = config.GetBoolean(Tcp + "ssl.suppress-validation", false) ? null : new PeerCheck(ReadRoots(config));
        return new DotNettySslSetup(ReadOwn(config), check is null, IsMutual(config), check is null ? null : check.Passes);
    }

    private static X509Certificate2 ReadOwn(Config config)
    {
        const string setting = Tcp + "ssl.certificate.path";
        var path = config.GetString(setting, "");
        if (string.IsNullOrEmpty(path))
            throw new UsageException($"TLS is on, and {setting} is not set", setting, "name a PKCS#12 file with this node's certificate and its private key");
        try
        {
            var own = X509CertificateLoader.LoadPkcs12FromFile(path, config.GetString(Tcp + "ssl.certificate.password", ""));
            return own.HasPrivateKey ? own : throw new UsageException($"{path} holds no private key", setting, "name a PKCS#12 file with the private key");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the certificate {path} cannot be used: {e.Message}", setting, "name a PKCS#12 file that may be read, and its password", e);
        }
    }

    private static X509Certificate2Collection ReadRoots(Config config)
    {
        var roots = new X509Certificate2Collection();
        var path = config.GetString(TrustedRoots, "");
        if (string.IsNullOrEmpty(path))
            return roots;
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the authorities in {path} cannot be used: {e.Message}", TrustedRoots, "name a PEM file that may be read", e);
        }
        return roots.Count > 0 ? roots : throw new UsageException($"{path} holds no certificate", TrustedRoots, "name a PEM file with the authorities to trust");
    }

    /// <param name="roots">The authorities; none: those that this machine trusts.</param>
    private sealed class PeerCheck(X509Certificate2Collection roots)
    {
        public bool Passes(X509Certificate2? certificate, X509Chain? chain, string peer, SslPolicyErrors errors, ILoggingAdapter log)
        {
            var fault = WhyNot(certificate, chain, peer, errors);
            if (fault is not null)
                log.Warning("The certificate of {0} is refused: {1}", peer, fault);
            return fault is null;
        }

        private string? WhyNot(X509Certificate2? certificate, X509Chain? sent, string peer, SslPolicyErrors errors)
        {
            if (certificate is null)
                return "there is none";
            // A peer that was dialled is named by its address, one that has connected by its socket.
            var isServer = peer.Contains("://", StringComparison.Ordinal);
            if (isServer && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
                return "it does not name the address that was dialled";
            using var chain = new X509Chain();
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(isServer ? ServerPurpose : ClientPurpose));
            foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            if (roots.Count > 0)
            {
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.AddRange(roots);
            }
            return chain.Build(certificate) ? null : string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()));
        }
    }
}
