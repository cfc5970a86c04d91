using System.Buffers.Binary;
using System.Text;

namespace Actors.Tests.Remoting;

/// <summary>Frames of Akka.Remote, made byte by byte: what no real node would send can be sent too.</summary>
internal static class Wire
{
    public const ulong Unnumbered = ulong.MaxValue;
    public const string Watch = "Akka.Dispatch.SysMsg.Watch, Akka";
    public const string Unwatch = "Akka.Dispatch.SysMsg.Unwatch, Akka";
    public const string DeathWatchNotification = "Akka.Dispatch.SysMsg.DeathWatchNotification, Akka";

    public static byte[] Associate(string node, ulong uid = 1, string protocol = "tcp")
    {
        var (system, host, port) = Parts(node);
        byte[] address = [.. Content(1, system), .. Content(2, host), .. Number(3, port), .. Content(4, protocol)];
        return Control(1, [.. Content(1, address), .. Fixed(2, uid)]);
    }

    public static byte[] Control(ulong kind, byte[]? handshake = null) =>
        Content(2, [.. Number(1, kind), .. handshake is null ? [] : Content(2, handshake)]);

    /// <summary>A frame with a message.</summary>
    /// <param name="recipient">The whole path, with scheme and address.</param>
    /// <param name="payload">See <see cref="Payload"/>.</param>
    /// <param name="sender">The whole path; null: none.</param>
    /// <param name="number">Of a system message.</param>
    public static byte[] Message(string recipient, byte[] payload, string? sender = null, ulong number = Unnumbered) =>
        Content(1, Content(2, Envelope(recipient, payload, sender, number)));

    public static byte[] Envelope(string recipient, byte[] payload, string? sender = null, ulong number = Unnumbered) =>
        [.. Content(1, Ref(recipient)), .. Content(2, payload), .. sender is null ? [] : Content(4, Ref(sender)), .. Fixed(5, number)];

    public static byte[] Payload(int serializer, string manifest, byte[] body) =>
        [.. Content(1, body), .. Number(2, (ulong)serializer), .. manifest.Length == 0 ? [] : Content(3, manifest)];

    /// <summary>A selection by the names of an actor's path; a name with * is a pattern, ".." the parent.</summary>
    public static byte[] Selection(byte[] payload, params string[] names) =>
        Payload(6, "", [.. Content(1, payload), .. names.SelectMany(name => Content(2, Step(name)))]);

    /// <summary>Watch and Unwatch: who is watched by whom. DeathWatchNotification: who has ended.</summary>
    public static byte[] Watched(string watched, string? watcher = null) =>
        [.. Content(1, Ref(watched)), .. watcher is null ? [] : Content(2, Ref(watcher))];

    public static byte[] Ref(string path) => Content(1, path);

    public static byte[] Content(int field, string text) => Content(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Content(int field, byte[] content) => [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)content.Length), .. content];

    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    private static byte[] Fixed(int field, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return [.. Varint((ulong)field << 3 | 1), .. bytes];
    }

    private static byte[] Step(string name) => name == ".." ? Number(1, 1) : [.. Number(1, name.Contains('*') ? 3UL : 2), .. Content(2, name)];

    private static (string System, string Host, ulong Port) Parts(string node)
    {
        var (at, colon) = (node.IndexOf('@'), node.LastIndexOf(':'));
        return (node[..at], node[(at + 1)..colon], ulong.Parse(node[(colon + 1)..]));
    }

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
