namespace Actors.Configuration;

/// <summary>
/// The assignments whose substitutions are being resolved, innermost first, up to the object or array in which the outermost stands.
/// A look-up that comes back to a field of the chain sees only what was assigned to it before.
/// </summary>
internal sealed record ResolutionChain(FieldEntry Entry, ResolutionChain? Outer)
{
    /// <summary>How many of the slot's assignments are visible: those before its earliest one in the chain.</summary>
    public static int VisibleEntries(ResolutionChain? chain, FieldSlot slot)
    {
        int visible = slot.Entries.Count;
        for (; chain is not null; chain = chain.Outer)
            if (chain.Entry.Slot == slot)
                visible = Math.Min(visible, chain.Entry.Index);
        return visible;
    }
}
