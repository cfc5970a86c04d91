using System.Diagnostics.CodeAnalysis;

namespace Actors.Remote;

/// <summary>
/// Remembers values by the bytes of a name, so that what comes with every message is not decoded every time. Of fixed
/// size: each name has two places, and a newcomer pushes out the older one. For one thread.
/// </summary>
internal sealed class Utf8Cache<T>(int slots) where T : class
{
    private (byte[] Name, T Value)[]? _slots;

    public bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out T? value)
    {
        value = null;
        if (_slots == null)
            return false;
        var slot = SlotOf(name);
        value = In(slot, name) ?? In(slot ^ 1, name);
        return value != null;
    }

    public void Set(byte[] name, T value)
    {
        _slots ??= new (byte[], T)[slots];
        var slot = SlotOf(name);
        if (In(slot, name) == null)
            _slots[slot ^ 1] = _slots[slot];
        _slots[slot] = (name, value);
    }

    private T? In(int slot, ReadOnlySpan<byte> name) =>
        _slots![slot].Name is { } known && name.SequenceEqual(known) ? _slots[slot].Value : null;

    private int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode() & (slots - 1);
    }
}
