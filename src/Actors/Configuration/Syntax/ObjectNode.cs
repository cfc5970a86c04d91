namespace Actors.Configuration;

internal sealed class ObjectNode(HoconOrigin origin) : SyntaxNode(origin)
{
    /// <summary>The fields in the order of their first assignment.</summary>
    public Dictionary<string, FieldSlot> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Assigns a value at a path, which makes an object for every element but the last.</summary>
    public void Add(ReadOnlySpan<string> path, SyntaxNode value)
    {
        for (int i = path.Length - 1; i > 0; i--)
        {
            var wrapper = new ObjectNode(value.Origin);
            wrapper.Slot(path[i]).Add(value);
            value = wrapper;
        }
        Slot(path[0]).Add(value);
    }

    /// <summary>Takes over the assignments of an object that was written after this one for the same key.</summary>
    public void Absorb(ObjectNode later)
    {
        foreach (var (key, slot) in later.Fields)
            foreach (var entry in slot.Entries)
                Slot(key).Add(entry.Value);
    }

    public FieldSlot Slot(string key)
    {
        if (!Fields.TryGetValue(key, out var slot))
            Fields.Add(key, slot = new FieldSlot());
        return slot;
    }
}
