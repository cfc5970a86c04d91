namespace Actors.Configuration;

/// <summary>Merges resolved values two at a time: objects into each other, anything else hides what is below.</summary>
internal static class HoconMerge
{
    /// <summary>What is written later over what is written earlier, which may be null for nothing. Fields keep the order in which they were written.</summary>
    public static HoconValue Over(HoconValue later, HoconValue? earlier) => Merge(later, earlier, upperFirst: false);

    /// <summary>A configuration over its fallback, which may be null for none. Its own fields come first.</summary>
    public static HoconValue OverFallback(HoconValue own, HoconValue? fallback) => Merge(own, fallback, upperFirst: true);

    private static HoconValue Merge(HoconValue upper, HoconValue? lower, bool upperFirst)
    {
        if (lower is null || upper.Kind != HoconKind.Object || upper.HidesFallback)
            return upper;
        if (lower.Kind != HoconKind.Object)
            return upper.Hiding();
        var (above, below) = (upper.GetObject().Items, lower.GetObject().Items);
        var items = new Dictionary<string, HoconValue>(upperFirst ? above : below, StringComparer.Ordinal);
        foreach (var (key, value) in above)
            items[key] = Merge(value, below.GetValueOrDefault(key), upperFirst);
        foreach (var (key, value) in below)
            items.TryAdd(key, value);
        return new HoconValue(upper.Origin, items, lower.HidesFallback);
    }
}
