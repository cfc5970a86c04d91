namespace Actors.Messages.Identity;

/// <summary>Names a push for ever: who pushed, and the how-many-eth it was, from 1.</summary>
public readonly record struct PushId(NodeId Node, ulong Counter)
{
    public override string ToString() => $"{Node.ToString()[..8]}#{Counter}";
}
