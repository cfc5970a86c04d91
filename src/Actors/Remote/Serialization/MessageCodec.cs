using System.Text;
using Actors.Runtime;
using Actors.Runtime.SystemMessages;
using Google.Protobuf;

namespace Actors.Remote;

/// <summary>
/// Messages to bytes and back. The set of what travels is closed: protobuf messages of the program, four primitives and
/// the runtime's own messages. Nothing else is sent, and nothing else is understood.
/// </summary>
internal sealed partial class MessageCodec(ProtobufTypes types, IRefResolver refs)
{
    /// <summary>How deep messages nest in messages, as in a selection of an Identify of a string.</summary>
    private const int DepthMax = 4;

    /// <summary>Measures a message for the wire; false if it is of a kind that does not travel.</summary>
    public bool TryMeasure(object? message, out OutboundPayload payload)
    {
        switch (message)
        {
            case IMessage protobuf:
                payload = new OutboundPayload(WireManifests.Protobuf, types.ManifestOf(protobuf), protobuf.CalculateSize(), protobuf);
                return true;
            case byte[] bytes:
                payload = new OutboundPayload(WireManifests.ByteArray, WireManifests.None, bytes.Length, bytes);
                return true;
            case string text:
                payload = new OutboundPayload(WireManifests.Primitive, WireManifests.String, Encoding.UTF8.GetByteCount(text), text);
                return true;
            case int:
                payload = new OutboundPayload(WireManifests.Primitive, WireManifests.Int32, sizeof(int), message);
                return true;
            case long:
                payload = new OutboundPayload(WireManifests.Primitive, WireManifests.Int64, sizeof(long), message);
                return true;
            case null:
                payload = new OutboundPayload(WireManifests.Null, WireManifests.None, 0, null);
                return true;
            case ActorSelectionMessage selection:
                return TryMeasureSelection(selection, out payload);
            case ISystemMessage system:
                return TryMeasureSystem(system, out payload);
            default:
                return TryMeasureMisc(message, out payload);
        }
    }

    private bool TryMeasureSelection(ActorSelectionMessage selection, out OutboundPayload payload)
    {
        payload = default;
        if (!TryMeasure(selection.Message, out var inner))
            return false;
        var body = new SelectionBody(inner, [.. selection.Elements.Select(StepOf)]);
        payload = new OutboundPayload(WireManifests.Selection, WireManifests.None, body.Size, body);
        return true;
    }

    private static SelectionStep StepOf(SelectionPathElement element) => element switch
    {
        SelectParent => new SelectionStep(SelectionStepKind.Parent, ""),
        SelectChildName name => new SelectionStep(SelectionStepKind.ChildName, name.Name),
        _ => new SelectionStep(SelectionStepKind.ChildPattern, element.ToString()!),
    };

    private bool TryMeasureSystem(ISystemMessage message, out OutboundPayload payload)
    {
        payload = message switch
        {
            Watch watch => Bytes(WireManifests.System, WireManifests.Watch, WatchData(watch.Watchee, watch.Watcher)),
            Unwatch unwatch => Bytes(WireManifests.System, WireManifests.Unwatch, WatchData(unwatch.Watchee, unwatch.Watcher)),
            DeathWatchNotification end => Bytes(WireManifests.System, WireManifests.DeathWatchNotification, EndData(end)),
            Terminate => Bytes(WireManifests.System, WireManifests.Terminate, []),
            _ => default,
        };
        return message is Watch or Unwatch or DeathWatchNotification or Terminate;
    }

    private bool TryMeasureMisc(object message, out OutboundPayload payload)
    {
        payload = default;
        switch (message)
        {
            case Identify identify:
                return TryWrap(WireManifests.Identify, [], identify.MessageId, 1, isPresent: identify.MessageId != null, [], out payload);
            case ActorIdentity identity:
                var path = identity.Subject.IsNobody() ? [] : refs.PathBytesOf(identity.Subject);
                return TryWrap(WireManifests.ActorIdentity, [], identity.MessageId, 1, isPresent: true, Field(2, path), out payload);
            case Status.Success success:
                return TryWrap(WireManifests.StatusSuccess, [], success.Status, 1, isPresent: true, [], out payload);
            case Status.Failure failure:
                return TryWrap(WireManifests.StatusFailure, PresentField(1, ExceptionCodec.ToBytes(failure.Cause)), failure.State, 2, isPresent: true, [], out payload);
            case Nobody:
                payload = Bytes(WireManifests.Misc, WireManifests.ActorRef, Field(1, WireManifests.NobodysPath));
                return true;
            case IActorRef actor:
                payload = Bytes(WireManifests.Misc, WireManifests.ActorRef, Field(1, refs.PathBytesOf(actor)));
                return true;
            case PoisonPill:
                payload = Bytes(WireManifests.Misc, WireManifests.PoisonPill, []);
                return true;
            case Kill:
                payload = Bytes(WireManifests.Misc, WireManifests.Kill, []);
                return true;
            case WatcherHeartbeat:
                payload = Bytes(WireManifests.Misc, WireManifests.WatcherHeartbeat, []);
                return true;
            case WatcherHeartbeatResponse response:
                payload = Bytes(WireManifests.Misc, WireManifests.WatcherHeartbeatResponse, UidData(response.Uid));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A message of the runtime around one of the user's, with fields before and after it.</summary>
    private bool TryWrap(byte[] manifest, byte[] before, object? inner, int field, bool isPresent, byte[] after, out OutboundPayload payload)
    {
        payload = default;
        if (!TryMeasure(inner, out var measured))
            return false;
        byte[] body = [.. before, .. isPresent ? PresentField(field, measured.ToBytes()) : [], .. after];
        payload = Bytes(WireManifests.Misc, manifest, body);
        return true;
    }

    private static OutboundPayload Bytes(int serializer, byte[] manifest, byte[] body) => new(serializer, manifest, body.Length, body);

    private byte[] WatchData(IActorRef watchee, IActorRef watcher) =>
        [.. PresentField(1, Field(1, refs.PathBytesOf(watchee))), .. PresentField(2, Field(1, refs.PathBytesOf(watcher)))];

    private byte[] EndData(DeathWatchNotification end) =>
        [.. PresentField(1, Field(1, refs.PathBytesOf(end.Actor))), .. Flag(2, end.ExistenceConfirmed), .. Flag(3, end.AddressTerminated)];

    private static byte[] Flag(int field, bool value) => value ? [(byte)(field << 3), 1] : [];

    private static byte[] UidData(long uid)
    {
        var bytes = new byte[WireWriter.VarintFieldSize((ulong)uid)];
        new WireWriter(bytes).Varint(1, (ulong)uid);
        return bytes;
    }

    private static byte[] Field(int field, byte[] value) => value.Length == 0 ? [] : PresentField(field, value);

    private static byte[] PresentField(int field, byte[] value)
    {
        var bytes = new byte[WireWriter.MessageFieldSize(value.Length)];
        new WireWriter(bytes).Message(field, value);
        return bytes;
    }
}
