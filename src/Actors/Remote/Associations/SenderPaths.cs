using System.Runtime.CompilerServices;
using System.Text;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// The paths of local senders as they go on the wire. Remembers the last ones by reference in a table of fixed size; a
/// newcomer takes its slot from whoever holds it.
/// </summary>
internal sealed class SenderPaths
{
    private const int Slots = 256;

    private (IActorRef? Sender, byte[] Path)[]? _slots;

    /// <summary>The path, empty when nobody is to be answered. Not safe for several threads.</summary>
    public ReadOnlySpan<byte> Of(IActorRef? sender, Address local)
    {
        if (sender.IsNobody())
            return [];
        if (sender is RemoteActorRef remote)
            return remote.PathBytes;
        _slots ??= new (IActorRef?, byte[])[Slots];
        ref var slot = ref _slots[RuntimeHelpers.GetHashCode(sender) & (Slots - 1)];
        if (!ReferenceEquals(slot.Sender, sender))
            slot = (sender, Encoding.UTF8.GetBytes(sender.Path.ToSerializationFormatWithAddress(local)));
        return slot.Path;
    }
}
