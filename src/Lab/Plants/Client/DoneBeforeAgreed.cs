using Actors.Client.Storage;

namespace Actors.Lab.Plants;

/// <summary>The state says that updates are done one commit before it says what they did.</summary>
internal sealed class DoneBeforeAgreed : Plant
{
    public override IReplicaStore ReplicaStore(IReplicaStore store) => new Early(store);

    private sealed class Early(IReplicaStore inner) : ForwardingReplicaStore(inner)
    {
        public override void Commit(ReplicaChanges changes)
        {
            if (changes is { IntentsDone.Count: > 0, Synced.Count: > 0 })
            {
                var done = new ReplicaChanges();
                done.IntentsDone.AddRange(changes.IntentsDone);
                changes.IntentsDone.Clear();
                base.Commit(done);
            }
            base.Commit(changes);
        }
    }
}
