namespace Actors.Configuration;

/// <summary>Merges resolved values two at a time: objects into each other, anything else hides what is below.</summary>
internal static class HoconMerge
{
    /// <summary>The upper value over the lower one, which may be null for none.</summary>
    public static HoconValue Over(HoconValue upper, HoconValue? lower)
    {
        if (lower is null || upper.Kind != HoconKind.Object || upper.HidesFallback)
            return upper;
        if (lower.Kind != HoconKind.Object)
            return upper.Hiding();
        var items = new Dictionary<string, HoconValue>(lower.GetObject().Fields, StringComparer.Ordinal);
        foreach (var (key, value) in upper.GetObject().Items)
            items[key] = Over(value, items.GetValueOrDefault(key));
        return new HoconValue(upper.Origin, items, lower.HidesFallback);
    }
}
