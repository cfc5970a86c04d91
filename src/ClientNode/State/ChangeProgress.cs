namespace Actors.Client.State;

/// <summary>How far a change is that was completed and looked at.</summary>
internal enum ChangeProgress
{
    /// <summary>There is nothing to commit of it.</summary>
    Settled,
    /// <summary>It can be committed as soon as what comes before it is.</summary>
    Ready,
    /// <summary>It will be known later what there is to commit of it, or whether.</summary>
    Waits,
}
