namespace Actors.Remote;

/// <summary>One thing that an association decided to have done, in order with the others.</summary>
internal readonly record struct AssociationEffect(AssociationEffectKind Kind, int Link = 0, long Uid = 0, bool IsInbound = false, string? Cause = null);
