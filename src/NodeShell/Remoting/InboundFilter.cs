using System.Buffers.Binary;
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

/// <summary>
/// Reads the fields of a protobuf message in place. Stricter than protobuf: what two readers could understand differently
/// (a field that comes twice, a group, a length beyond the end) is an error, and then <see cref="IsBroken"/>.
/// </summary>
internal ref struct FrameFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;
    private const int VarintBytesMax = 10;

    private ReadOnlySpan<byte> _rest = message;
    private ulong _seen;

    public bool IsBroken { get; private set; }

    public int Number { get; private set; }

    /// <summary>Of a number; 0 for bytes.</summary>
    public ulong Value { get; private set; }

    /// <summary>Of a text, bytes or a message; empty for numbers.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <param name="repeated">The field that may come more than once; 0: none.</param>
    /// <returns>False at the end, and where the message is broken.</returns>
    public bool Next(int repeated = 0)
    {
        if (IsBroken || _rest.IsEmpty)
            return false;
        if (!TryVarint(out var tag) || tag >> 3 is 0 or > 63)
            return Break();
        Number = (int)(tag >> 3);
        if (Number != repeated && (_seen & (1UL << Number)) != 0)
            return Break();
        _seen |= 1UL << Number;
        Value = 0;
        Content = default;
        return (int)(tag & 7) switch
        {
            Varint => TryVarint(out var value) ? Take(value) : Break(),
            Fixed64 => _rest.Length >= 8 ? Take(BinaryPrimitives.ReadUInt64LittleEndian(_rest), 8) : Break(),
            Fixed32 => _rest.Length >= 4 ? Take(BinaryPrimitives.ReadUInt32LittleEndian(_rest), 4) : Break(),
            Bytes => TryVarint(out var length) && length <= (ulong)_rest.Length ? TakeContent((int)length) : Break(),
            _ => Break(),
        };
    }

    private bool Take(ulong value, int bytes = 0)
    {
        Value = value;
        _rest = _rest[bytes..];
        return true;
    }

    private bool TakeContent(int length)
    {
        Content = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var index = 0; index < VarintBytesMax && index < _rest.Length; index++)
        {
            value |= (ulong)(_rest[index] & 0x7f) << (7 * index);
            if (_rest[index] >= 0x80)
                continue;
            _rest = _rest[(index + 1)..];
            return true;
        }
        return false;
    }
}
