using System.Buffers.Binary;
using System.Text;
using Actors.Runtime;
using Actors.Runtime.SystemMessages;
using Google.Protobuf;

namespace Actors.Remote;

/// <summary>Bytes to messages. Input comes from strangers: what is not understood is null, and a reason.</summary>
internal sealed partial class MessageCodec
{
    /// <summary>Reads a message; null, with the reason, when it is not one of the closed set or malformed.</summary>
    public object? Read(in WirePayload payload, out Rejection reason) => Read(in payload, DepthMax, out reason);

    private object? Read(in WirePayload payload, int depth, out Rejection reason)
    {
        reason = Rejection.MalformedMessage;
        if (depth == 0)
            return null;
        switch (payload.SerializerId)
        {
            case WireManifests.Protobuf:
                return ReadProtobuf(in payload, out reason);
            case WireManifests.ByteArray:
                return payload.Message.ToArray();
            case WireManifests.Primitive:
                return ReadPrimitive(in payload, out reason);
            case WireManifests.Selection:
                return ReadSelection(payload.Message, depth, out reason);
            case WireManifests.Misc:
                return ReadMisc(in payload, depth, out reason);
            case WireManifests.System:
                return ReadSystem(in payload, out reason);
            case WireManifests.Null:
                reason = Rejection.NullMessage;
                return null;
            default:
                reason = Rejection.UnknownSerializer;
                return null;
        }
    }

    private IMessage? ReadProtobuf(in WirePayload payload, out Rejection reason)
    {
        reason = Rejection.UnknownManifest;
        if (!types.TryGetParser(payload.Manifest, out var parser))
            return null;
        reason = Rejection.MalformedMessage;
        try
        {
            return parser.ParseFrom(payload.Message);
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // counted by the caller
        }
    }

    private static object? ReadPrimitive(in WirePayload payload, out Rejection reason)
    {
        reason = Rejection.MalformedMessage;
        if (WireManifests.Names(payload.Manifest, "S"u8, "System.String"u8))
            return Encoding.UTF8.GetString(payload.Message);
        if (WireManifests.Names(payload.Manifest, "I"u8, "System.Int32"u8))
            return payload.Message.Length == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(payload.Message) : null;
        if (WireManifests.Names(payload.Manifest, "L"u8, "System.Int64"u8))
            return payload.Message.Length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(payload.Message) : null;
        reason = Rejection.UnknownManifest;
        return null;
    }

    private ActorSelectionMessage? ReadSelection(ReadOnlySpan<byte> message, int depth, out Rejection reason)
    {
        reason = Rejection.MalformedMessage;
        var reader = new WireReader(message);
        var inner = default(WirePayload);
        var steps = new List<SelectionPathElement>();
        var sane = true;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    sane &= WirePayload.TryParse(reader.ReadBytes(), out inner);
                    break;
                case 2:
                    var step = SelectionStep.Parse(reader.ReadBytes());
                    sane &= step != null && steps.Count < SelectionStep.StepsMax;
                    if (sane)
                        steps.Add(ElementOf(step!.Value));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (!sane || reader.Failed)
            return null;
        var selected = Read(in inner, depth - 1, out reason);
        return selected is null or ActorSelectionMessage or ISystemMessage ? null : new ActorSelectionMessage(selected, [.. steps]);
    }

    private static SelectionPathElement ElementOf(SelectionStep step) => step.Kind switch
    {
        SelectionStepKind.Parent => SelectParent.Instance,
        SelectionStepKind.ChildName => new SelectChildName(step.Matcher),
        _ when step.Matcher == "**" => SelectChildRecursive.Instance,
        _ => new SelectChildPattern(step.Matcher),
    };

    private object? ReadMisc(in WirePayload payload, int depth, out Rejection reason)
    {
        reason = Rejection.MalformedMessage;
        var manifest = payload.Manifest;
        if (manifest.SequenceEqual(WireManifests.WatcherHeartbeat))
            return WatcherHeartbeat.Instance;
        if (manifest.SequenceEqual(WireManifests.WatcherHeartbeatResponse))
            return ReadUid(payload.Message);
        if (manifest.SequenceEqual(WireManifests.PoisonPill))
            return PoisonPill.Instance;
        if (manifest.SequenceEqual(WireManifests.Kill))
            return Kill.Instance;
        if (manifest.SequenceEqual(WireManifests.ActorRef))
            return WirePayload.TryReadPath(payload.Message, out var path) ? RefAt(path) : null;
        var fields = new MiscFields(payload.Message);
        if (manifest.SequenceEqual(WireManifests.Identify))
            return TryReadInner(fields.First, depth, out var id, out reason) && fields.AreSane ? new Identify(id) : null;
        if (manifest.SequenceEqual(WireManifests.ActorIdentity))
            return TryReadInner(fields.First, depth, out var correlation, out reason) && fields.AreSane ? IdentityOf(correlation, fields.Second) : null;
        if (manifest.SequenceEqual(WireManifests.StatusSuccess))
            return TryReadInner(fields.First, depth, out var status, out reason) && fields.AreSane ? new Status.Success(status!) : null;
        if (manifest.SequenceEqual(WireManifests.StatusFailure))
            return TryReadInner(fields.Second, depth, out var state, out reason) && fields.AreSane && ExceptionCodec.Parse(fields.First) is { } cause ? new Status.Failure(cause, state!) : null;
        reason = Rejection.UnknownManifest;
        return null;
    }

    private IInternalActorRef? RefAt(ReadOnlySpan<byte> path) => path.SequenceEqual(WireManifests.NobodysPath) ? Nobody.Instance : refs.Resolve(path);

    /// <summary>Reads a nested Payload; an absent or empty one is null.</summary>
    private bool TryReadInner(ReadOnlySpan<byte> message, int depth, out object? inner, out Rejection reason)
    {
        inner = null;
        reason = Rejection.MalformedMessage;
        if (!WirePayload.TryParse(message, out var payload))
            return false;
        if (payload.SerializerId == WireManifests.Null)
            return true;
        inner = Read(in payload, depth - 1, out reason);
        return inner is not (null or ISystemMessage);
    }

    private ActorIdentity IdentityOf(object? id, ReadOnlySpan<byte> path)
    {
        var subject = path.IsEmpty ? null : refs.Resolve(path);
        return new ActorIdentity(id, subject is Nobody ? null : subject);
    }

    private static WatcherHeartbeatResponse? ReadUid(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        ulong uid = 0;
        while (reader.MoveNext())
        {
            if (reader.Field == 1)
                uid = reader.ReadVarint();
            else
                reader.Skip();
        }
        return reader.Failed ? null : new WatcherHeartbeatResponse((long)uid);
    }

    private object? ReadSystem(in WirePayload payload, out Rejection reason)
    {
        reason = Rejection.UnknownManifest;
        var manifest = payload.Manifest;
        var isWatch = manifest.SequenceEqual(WireManifests.Watch);
        if (!isWatch && !manifest.SequenceEqual(WireManifests.Unwatch) && !manifest.SequenceEqual(WireManifests.DeathWatchNotification))
            return manifest.SequenceEqual(WireManifests.Terminate) ? new Terminate() : null;
        reason = Rejection.MalformedMessage;
        var fields = new MiscFields(payload.Message);
        if (!fields.AreSane || !WirePayload.TryReadPath(fields.First, out var firstPath) || refs.Resolve(firstPath) is not { } first)
            return null;
        if (manifest.SequenceEqual(WireManifests.DeathWatchNotification))
            return new DeathWatchNotification(first, fields.SecondFlag, fields.ThirdFlag);
        if (!WirePayload.TryReadPath(fields.Second, out var secondPath) || refs.Resolve(secondPath) is not { } watcher)
            return null;
        return isWatch ? new Watch(first, watcher) : new Unwatch(first, watcher);
    }
}
