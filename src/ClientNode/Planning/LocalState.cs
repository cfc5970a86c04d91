using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// What the Watcher last saw at a path of the replica. The default value is settled absence. <paramref name="State"/>
/// means nothing unless the condition is settled.
/// </summary>
public readonly record struct LocalState(EntryState State, LocalCondition Condition = LocalCondition.Settled)
{
    public static LocalState Absent => default;
    public static LocalState Unsettled => new(EntryState.Absent, LocalCondition.Unsettled);
    public static LocalState Held => new(EntryState.Absent, LocalCondition.Held);

    /// <summary>The content was read while a writer still held the file open.</summary>
    public bool SnapshotOfOpenFile { get; init; }

    public bool IsSettled => Condition == LocalCondition.Settled;

    public static implicit operator LocalState(EntryState state) => new(state);

    public static LocalState FromEntryState(EntryState state) => new(state);
}
