using Actors.Client.Storage;

namespace Actors.Lab.Plants;

/// <summary>The cursor is stored one commit before what was applied up to it.</summary>
internal sealed class CursorBeforeApply : Plant
{
    public override IReplicaStore ReplicaStore(IReplicaStore store) => new Early(store);

    private sealed class Early(IReplicaStore inner) : ForwardingReplicaStore(inner)
    {
        private readonly ReplicaChanges _owed = new();

        public override void Commit(ReplicaChanges changes)
        {
            foreach (var (path, entry) in _owed.Synced)
                changes.Synced.TryAdd(path, entry);
            _owed.Synced.Clear();
            if (changes is { Position: not null, ForgetAgreement: false })
            {
                foreach (var (path, entry) in changes.Synced)
                    _owed.Synced.Add(path, entry);
                changes.Synced.Clear();
            }
            base.Commit(changes);
        }
    }
}
