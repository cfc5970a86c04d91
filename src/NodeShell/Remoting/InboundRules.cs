using System.Text;
using Actors.Messages;

namespace Actors.NodeShell;

/// <summary>
/// What a node takes from another one: a closed set of messages, by the serializer's number and manifest in the frame, to a
/// closed set of actors, and only in its sender's own name. Decides from the bytes alone, before anything becomes an object.
/// </summary>
/// <param name="own">System, host and port of this node.</param>
/// <param name="reachable">The actors that messages between nodes may reach.</param>
internal sealed class InboundRules(string own, ReachablePaths reachable)
{
    private const ulong Selection = 6;
    private const ulong Misc = 16;
    private const ulong Primitive = 17;
    private const ulong System = 22;
    private const ulong ChildName = 2;

    // Ordinary messages have all ones for a number. Others are numbered: without one the rest cannot be delivered.
    private const ulong Unnumbered = ulong.MaxValue;

    private static readonly string[] Primitives =
    [
        "S", "I", "L", "System.String, System.Private.CoreLib", "System.Int32, System.Private.CoreLib", "System.Int64, System.Private.CoreLib",
    ];

    private readonly byte[] _own = Encoding.UTF8.GetBytes(own);

    public bool IsOwn(ReadOnlySpan<byte> node) => node.SequenceEqual(_own);

    /// <summary>Decides on an envelope that holds a message.</summary>
    /// <param name="envelope">Akka.Remote's RemoteEnvelope.</param>
    /// <param name="peer">System, host and port of the node that sent it.</param>
    public Verdict Judge(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> peer)
    {
        ReadOnlySpan<byte> recipient = default, payload = default, sender = default;
        ulong number = 0;
        var fields = new FrameFields(envelope);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1: recipient = fields.Content; break;
                case 2: payload = fields.Content; break;
                case 4: sender = fields.Content; break;
                case 5: number = fields.Value; break;
            }
        }
        if (fields.IsBroken || !TryText(recipient, out var recipientText) || !TryPayload(payload, out var message))
            return Verdict.Close("an envelope that cannot be read");
        var reason = WhyNot(RemotePath.Read(recipientText), message, sender, peer);
        if (reason is null)
            return Verdict.Pass;
        return number == Unnumbered ? Verdict.Drop(reason) : Verdict.Close(reason);
    }

    private string? WhyNot(RemotePath recipient, Message message, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> peer)
    {
        if (!IsOwn(recipient.Authority))
            return "a message for another node";
        if (!sender.IsEmpty && !IsOf(sender, peer))
            return "a message in another node's name";
        return message.Serializer switch
        {
            Selection => recipient.Path is [(byte)'/'] ? WhyNotSelected(message.Content) : "a selection that does not start at the root",
            System => WhyNotSystem(recipient.Path, message, peer),
            _ => WhyNotOrdinary(recipient.Path, message),
        };
    }

    private string? WhyNotOrdinary(ReadOnlySpan<byte> path, Message message)
    {
        if (message.Serializer == MessageSerializer.Id)
        {
            return !MessageManifests.TryFind(Encoding.UTF8.GetString(message.Manifest), out _) ? "a message between nodes that is not known here"
                : reachable.Contains(path) ? null
                : "a message for an actor that is not to be reached from outside";
        }
        if (message.Serializer != Misc)
            return "a message of a serializer that nodes do not use";
        if (message.Manifest.SequenceEqual("RWHB"u8) || message.Manifest.SequenceEqual("RWHR"u8))
            return IsRemoteWatcher(path) ? null : "a heartbeat for an actor that takes none";
        if (!message.Manifest.SequenceEqual("ID"u8) && !message.Manifest.SequenceEqual("AID"u8))
            return "a message of Akka.NET that nodes do not take";
        return !reachable.Contains(path) ? "a question to an actor that is not to be reached from outside"
            : HoldsPrimitive(message.Content) ? null
            : "a question that carries another message";
    }

    /// <summary>A selection names one actor step by step, and carries a message that the actor may be sent by its path too.</summary>
    private string? WhyNotSelected(ReadOnlySpan<byte> selection)
    {
        ReadOnlySpan<byte> payload = default;
        Span<byte> path = stackalloc byte[256];
        var length = 0;
        var fields = new FrameFields(selection);
        while (fields.Next(repeated: 2))
        {
            if (fields.Number == 1)
                payload = fields.Content;
            else if (fields.Number == 2 && !TryStep(fields.Content, path, ref length))
                return "a selection of more than one actor";
        }
        return fields.IsBroken || !TryPayload(payload, out var message) ? "a selection that cannot be read" : WhyNotOrdinary(path[..length], message);
    }

    private static bool TryStep(ReadOnlySpan<byte> step, Span<byte> path, ref int length)
    {
        ReadOnlySpan<byte> name = default;
        ulong kind = 0;
        var fields = new FrameFields(step);
        while (fields.Next())
        {
            if (fields.Number == 1)
                kind = fields.Value;
            else if (fields.Number == 2)
                name = fields.Content;
        }
        if (fields.IsBroken || kind != ChildName || name.IsEmpty || name.Contains((byte)'/') || length + 1 + name.Length > path.Length)
            return false;
        path[length++] = (byte)'/';
        name.CopyTo(path[length..]);
        length += name.Length;
        return true;
    }

    /// <summary>Death watch, where watcher or watched actor is the sender's own.</summary>
    private string? WhyNotSystem(ReadOnlySpan<byte> path, Message message, ReadOnlySpan<byte> peer)
    {
        var isWatch = message.Manifest.SequenceEqual("Akka.Dispatch.SysMsg.Watch, Akka"u8) || message.Manifest.SequenceEqual("Akka.Dispatch.SysMsg.Unwatch, Akka"u8);
        if (!isWatch && !message.Manifest.SequenceEqual("Akka.Dispatch.SysMsg.DeathWatchNotification, Akka"u8))
            return "a system message that nodes do not take";
        if (!reachable.Contains(path) && !IsRemoteWatcher(path))
            return "death watch of an actor that is not to be reached from outside";
        ReadOnlySpan<byte> first = default, second = default;
        var fields = new FrameFields(message.Content);
        while (fields.Next())
        {
            if (fields.Number == 1)
                first = fields.Content;
            else if (fields.Number == 2)
                second = fields.Content;
        }
        if (fields.IsBroken || !IsOf(isWatch ? second : first, peer))
            return "death watch in another node's name";
        return !isWatch || (TryText(first, out var watched) && IsOwn(RemotePath.Read(watched).Authority)) ? null : "death watch of another node's actor";
    }

    // A number or a text that the answer repeats, or nothing: never another message.
    private static bool HoldsPrimitive(ReadOnlySpan<byte> question)
    {
        ReadOnlySpan<byte> payload = default;
        var fields = new FrameFields(question);
        while (fields.Next())
        {
            if (fields.Number == 1)
                payload = fields.Content;
        }
        return !fields.IsBroken && TryPayload(payload, out var id)
            && (id.Serializer == 0 || (id.Serializer == Primitive && Primitives.Contains(Encoding.UTF8.GetString(id.Manifest))));
    }

    private static bool IsRemoteWatcher(ReadOnlySpan<byte> path) => path.SequenceEqual("/system/remote-watcher"u8);

    private static bool IsOf(ReadOnlySpan<byte> actor, ReadOnlySpan<byte> peer) =>
        TryText(actor, out var path) && RemotePath.Read(path).Authority.SequenceEqual(peer);

    /// <summary>The path in an ActorRefData.</summary>
    private static bool TryText(ReadOnlySpan<byte> actor, out ReadOnlySpan<byte> path)
    {
        path = default;
        var fields = new FrameFields(actor);
        while (fields.Next())
        {
            if (fields.Number == 1)
                path = fields.Content;
        }
        return !fields.IsBroken && !path.IsEmpty;
    }

    private static bool TryPayload(ReadOnlySpan<byte> payload, out Message message)
    {
        message = default;
        var fields = new FrameFields(payload);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1: message.Content = fields.Content; break;
                case 2: message.Serializer = fields.Value; break;
                case 3: message.Manifest = fields.Content; break;
            }
        }
        return !fields.IsBroken;
    }

    private ref struct Message
    {
        public ReadOnlySpan<byte> Content { get; set; }

        public ulong Serializer { get; set; }

        public ReadOnlySpan<byte> Manifest { get; set; }
    }
}

/// <summary>What becomes of a frame.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Reason">Empty where it passes.</param>
internal readonly record struct Verdict(VerdictAction Action, string Reason)
{
    public static Verdict Pass { get; } = new(VerdictAction.Pass, "");

    /// <summary>The frame is left out, and the connection goes on.</summary>
    public static Verdict Drop(string reason) => new(VerdictAction.Drop, reason);

    /// <summary>Nothing that follows could be made sense of.</summary>
    public static Verdict Close(string reason) => new(VerdictAction.Close, reason);
}

internal enum VerdictAction
{
    Pass,
    Drop,
    Close,
}

/// <summary>Which actors can be reached from outside: paths, whose parts may end with * ("/user/registry/session-*").</summary>
internal sealed class ReachablePaths
{
    private readonly byte[][][] _patterns;

    public ReachablePaths(IEnumerable<string> patterns) =>
        _patterns = [.. patterns.Select(pattern => pattern.Split('/').Skip(1).Select(Encoding.UTF8.GetBytes).ToArray())];

    public bool Contains(ReadOnlySpan<byte> path)
    {
        if (path is not [(byte)'/', ..])
            return false;
        foreach (var pattern in _patterns)
        {
            if (Fits(path[1..], pattern))
                return true;
        }
        return false;
    }

    private static bool Fits(ReadOnlySpan<byte> path, byte[][] pattern)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            var slash = path.IndexOf((byte)'/');
            var isLast = index == pattern.Length - 1;
            if (isLast != slash < 0 || !FitsPart(isLast ? path : path[..slash], pattern[index]))
                return false;
            path = isLast ? default : path[(slash + 1)..];
        }
        return true;
    }

    private static bool FitsPart(ReadOnlySpan<byte> part, byte[] pattern) =>
        pattern is [.. var start, (byte)'*']
            ? part.Length > start.Length && part.StartsWith(start)
            : part.SequenceEqual(pattern);
}

/// <summary>An actor's path on the wire, in its two parts: "akka.tcp://" Client@host:port "/user/replica" "#uid".</summary>
internal readonly ref struct RemotePath
{
    private RemotePath(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> path)
    {
        Authority = authority;
        Path = path;
    }

    /// <summary>System, host and port: which node it is.</summary>
    public ReadOnlySpan<byte> Authority { get; }

    /// <summary>From the first slash on, without the uid.</summary>
    public ReadOnlySpan<byte> Path { get; }

    public static RemotePath Read(ReadOnlySpan<byte> text)
    {
        var scheme = text.IndexOf("://"u8);
        if (scheme < 0)
            return default;
        var rest = text[(scheme + 3)..];
        var uid = rest.IndexOf((byte)'#');
        if (uid >= 0)
            rest = rest[..uid];
        var slash = rest.IndexOf((byte)'/');
        return slash < 0 ? new RemotePath(rest, default) : new RemotePath(rest[..slash], rest[slash..]);
    }
}
