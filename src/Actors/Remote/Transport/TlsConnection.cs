using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Remote;

/// <summary>A connection inside TLS, over a stream that this connection owns.</summary>
/// <param name="inner">The unencrypted stream.</param>
/// <param name="settings">Own certificate, and whom to trust.</param>
/// <param name="dialedHostname">The host that was dialled; null on the accepting side.</param>
/// <param name="peer">The other end, for logs.</param>
#pragma warning disable CA1001 // the stream is disposed where reading ends, after which nobody uses this object
internal sealed class TlsConnection(Stream inner, TlsSettings settings, string? dialedHostname, string peer) : IConnection
#pragma warning restore CA1001
{
    private readonly SslStream _stream = new(inner, leaveInnerStreamOpen: false);
    private readonly TaskCompletionSource _ready = new();
    private IConnectionHandler _handler = null!;
    private volatile bool _sendingClosed;
    private volatile bool _isBroken;

    public string Peer => peer;

    public void Open(IConnectionHandler handler)
    {
        _handler = handler;
        _ = Run();
    }

    public WriteResult Write(ReadOnlyMemory<byte> bytes)
    {
        if (_isBroken)
            return WriteResult.Broken;
        var write = Send(bytes);
        if (write.IsCompletedSuccessfully)
            return WriteResult.Done;
        _ = FinishWriting(write);
        return WriteResult.Pending;
    }

    public void CloseSending()
    {
        _sendingClosed = true;
        _ = ShutDown();
    }

    public void Abort() => inner.Dispose();

    private async ValueTask Send(ReadOnlyMemory<byte> bytes)
    {
        if (!_ready.Task.IsCompletedSuccessfully)
            await _ready.Task;
        await _stream.WriteAsync(bytes); // throws in here, not at the caller, when the stream was disposed
    }

    private async Task FinishWriting(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception e) when (IsBroken(e))
        {
            _isBroken = true;
            Abort(); // the reading side reports it
        }
        _handler.OnWritten();
    }

    private async Task ShutDown()
    {
        try
        {
            await _ready.Task;
            await _stream.ShutdownAsync();
        }
        catch (Exception e) when (IsBroken(e))
        {
            Abort();
        }
    }

    private async Task Run()
    {
        string? cause = null;
        try
        {
            await Authenticate();
            _ready.SetResult();
            int count;
            while ((count = await _stream.ReadAsync(_handler.GetReceiveBuffer())) > 0)
                _handler.OnReceived(count);
        }
        catch (Exception e) when (IsBroken(e))
        {
            cause = _sendingClosed ? null : e.Message;
            _ready.TrySetException(e);
            _ = _ready.Task.Exception;
        }
        await _stream.DisposeAsync();
        _handler.OnClosed(cause);
    }

    private Task Authenticate() => dialedHostname == null
        ? _stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = settings.Certificate,
            ClientCertificateRequired = settings.RequireClientCertificate,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                !settings.RequireClientCertificate || IsTrusted(certificate, errors),
        })
        : _stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = dialedHostname,
            ClientCertificates = [settings.Certificate],
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors),
        });

    /// <summary>
    /// A peer is trusted if its certificate comes from a trusted authority and, when it was dialled, names the dialled
    /// host or, as Akka.NET's nodes expect of certificates shared by a cluster, the same host as the own certificate.
    /// </summary>
    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown)
            return false;
        if (settings.SuppressValidation)
            return true;
        if (dialedHostname != null && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && !NamesOwnHost(shown))
            return false;
        return settings.TrustedRoots.Count == 0
            ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            : ComesFromTrustedRoots(shown);
    }

    private bool NamesOwnHost(X509Certificate2 shown)
    {
        var own = settings.Certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
        return own != "" && shown.MatchesHostname(own);
    }

    private bool ComesFromTrustedRoots(X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(settings.TrustedRoots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    private static bool IsBroken(Exception e) =>
        e is IOException or ObjectDisposedException or AuthenticationException or InvalidOperationException or OperationCanceledException;
}
