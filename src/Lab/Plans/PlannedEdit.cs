namespace Actors.Lab.Plans;

/// <summary>Something that a user does at a client's machine.</summary>
/// <param name="Number">Names it in traces; the content that it writes is made from it.</param>
/// <param name="At">When it begins, unless a call of the node makes it begin a little earlier.</param>
/// <param name="Client">Whose machine: from 1.</param>
/// <param name="Kind">What.</param>
/// <param name="Path">Where, in the replica.</param>
/// <param name="Other">The second path of those that need one.</param>
/// <param name="Bytes">How much it writes.</param>
/// <param name="Pieces">In how many writes.</param>
/// <param name="Gap">Between two steps of it.</param>
/// <param name="Syncs">Whether the user makes durable what was written, as good editors do.</param>
internal sealed record PlannedEdit(
    int Number, TimeSpan At, int Client, EditKind Kind, string Path, string Other, int Bytes, int Pieces, TimeSpan Gap, bool Syncs)
{
    public override string ToString() => $"edit {Number} client-{Client} {Kind} {Path} {Other} {Bytes} B in {Pieces}{(Syncs ? " synced" : "")}";
}
