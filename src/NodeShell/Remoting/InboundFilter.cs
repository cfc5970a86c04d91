using System.Text;

namespace Actors.NodeShell;

/// <summary>Follows one connection's frames: who is at the other end, and which of its frames pass. No I/O, no clock.</summary>
/// <param name="rules">What the node takes.</param>
/// <param name="peer">System, host and port of a node that was dialled; null: it has to say so first.</param>
internal sealed class InboundFilter(InboundRules rules, string? peer)
{
    private const ulong Associate = 1;
    private const ulong LastControl = 5;

    private byte[]? _peer = peer is null ? null : Encoding.UTF8.GetBytes(peer);

    /// <summary>Both ends have introduced themselves, this one at least.</summary>
    public bool HasPeer { get; private set; }

    /// <summary>Who sends, as far as it has said so; for people.</summary>
    public string Peer => _peer is null ? "a node that has not introduced itself" : PlainText(_peer);

    public Verdict Judge(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> payload = default, control = default;
        var (hasPayload, hasControl) = (false, false);
        var fields = new FrameFields(frame);
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                payload = fields.Content;
                hasPayload = true;
            }
            else if (fields.Number == 2)
            {
                control = fields.Content;
                hasControl = true;
            }
        }
        if (fields.IsBroken || hasPayload == hasControl)
            return Verdict.Close("a frame that cannot be read");
        return hasControl ? JudgeControl(control) : JudgePayload(payload);
    }

    private Verdict JudgeControl(ReadOnlySpan<byte> control)
    {
        ReadOnlySpan<byte> handshake = default;
        ulong kind = 0;
        var fields = new FrameFields(control);
        while (fields.Next())
        {
            if (fields.Number == 1)
                kind = fields.Value;
            else if (fields.Number == 2)
                handshake = fields.Content;
        }
        if (fields.IsBroken || kind is 0 or > LastControl)
            return Verdict.Close("a control frame that cannot be read");
        if (kind != Associate)
            return Verdict.Pass;
        // A connection names its owner once.
        if (HasPeer)
            return Verdict.Drop("a second introduction");
        if (ReadOrigin(handshake) is not { } origin)
            return Verdict.Close("an introduction that cannot be read");
        if (rules.IsOwn(origin))
            return Verdict.Close("an introduction by this node's own name");
        _peer ??= origin;
        HasPeer = true;
        return Verdict.Pass;
    }

    private Verdict JudgePayload(ReadOnlySpan<byte> container)
    {
        if (!HasPeer)
            return Verdict.Close("a message before the introduction");
        ReadOnlySpan<byte> envelope = default;
        var hasEnvelope = false;
        var fields = new FrameFields(container);
        while (fields.Next())
        {
            if (fields.Number != 2)
                continue;
            envelope = fields.Content;
            hasEnvelope = true;
        }
        if (fields.IsBroken)
            return Verdict.Close("a frame that cannot be read");
        return hasEnvelope ? rules.Judge(envelope, _peer) : Verdict.Pass;
    }

    /// <summary>System, host and port out of an AkkaHandshakeInfo.</summary>
    private static byte[]? ReadOrigin(ReadOnlySpan<byte> handshake)
    {
        ReadOnlySpan<byte> address = default, system = default, host = default;
        ulong port = 0;
        var fields = new FrameFields(handshake);
        while (fields.Next())
        {
            if (fields.Number == 1)
                address = fields.Content;
        }
        var parts = new FrameFields(address);
        while (parts.Next())
        {
            switch (parts.Number)
            {
                case 1: system = parts.Content; break;
                case 2: host = parts.Content; break;
                case 3: port = parts.Value; break;
            }
        }
        return fields.IsBroken || parts.IsBroken || system.IsEmpty || host.IsEmpty || port is 0 or > ushort.MaxValue
            ? null
            : [.. system, (byte)'@', .. host, .. Encoding.UTF8.GetBytes($":{port}")];
    }

    // It goes into a log, and a peer may say what it likes.
    private static string PlainText(byte[] peer) =>
        new([.. Encoding.UTF8.GetString(peer).Take(100).Select(each => char.IsControl(each) ? '?' : each)]);
}
