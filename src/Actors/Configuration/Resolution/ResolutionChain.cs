namespace Actors.Configuration;

/// <summary>
/// The assignments whose substitutions are being resolved, innermost first. A look-up that comes back to a field of the chain sees
/// only what was assigned to it before. Where the values of an object's fields or of an array's elements are resolved, a link
/// without an assignment stands between them and what the object or array was needed for.
/// </summary>
internal sealed record ResolutionChain(FieldEntry? Entry, ResolutionChain? Outer)
{
    /// <summary>How many of the slot's assignments are visible: those before its earliest one in the chain.</summary>
    public static int VisibleEntries(ResolutionChain? chain, FieldSlot slot)
    {
        int visible = slot.Entries.Count;
        for (; chain is not null; chain = chain.Outer)
            if (chain.Entry?.Slot == slot)
                visible = Math.Min(visible, chain.Entry.Index);
        return visible;
    }

    /// <summary>The chain inside of an object or array.</summary>
    public static ResolutionChain? Enter(ResolutionChain? chain) =>
        chain is null or { Entry: null } ? chain : new ResolutionChain(null, chain);

    /// <summary>The part of a chain that lies inside of the innermost object or array; null if there is no other part.</summary>
    public static ResolutionChain? Inside(ResolutionChain? chain)
    {
        var entries = new Stack<FieldEntry>();
        for (; chain is not null; chain = chain.Outer)
        {
            if (chain.Entry is null)
                return entries.Aggregate((ResolutionChain?)null, (inner, entry) => new ResolutionChain(entry, inner)) ?? new ResolutionChain(null, null);
            entries.Push(chain.Entry);
        }
        return null;
    }
}
