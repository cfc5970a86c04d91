namespace Actors.Configuration;

/// <summary>One assignment to a field. A later entry of the same slot overrides, or is merged over, an earlier one.</summary>
internal sealed class FieldEntry(FieldSlot slot, int index, SyntaxNode value)
{
    public FieldSlot Slot { get; } = slot;

    public int Index { get; } = index;

    public SyntaxNode Value { get; set; } = value;
}
