namespace Actors.Runtime;

/// <summary>Something that was scheduled.</summary>
internal interface IScheduledWork
{
    /// <summary>Calls it off and frees what it holds. Does not wait for a run that has begun.</summary>
    void Cancel();
}
