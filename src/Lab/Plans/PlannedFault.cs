namespace Actors.Lab.Plans;

/// <summary>Something that the world does.</summary>
/// <param name="Number">Names it in traces.</param>
/// <param name="At">When it begins.</param>
/// <param name="Kind">What.</param>
/// <param name="Node">To whom: 0 is the server, from 1 the clients.</param>
/// <param name="Lasts">For how long.</param>
/// <param name="Amount">How much of it: a number from 0 to 999 that each kind reads in its way.</param>
internal sealed record PlannedFault(int Number, TimeSpan At, FaultKind Kind, int Node, TimeSpan Lasts, int Amount)
{
    public override string ToString() => $"fault {Number} {Kind} {(Node == 0 ? "server" : $"client-{Node}")} for {Lasts.TotalSeconds:F1} s ({Amount})";
}
