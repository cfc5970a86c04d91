using Actors.Client.Storage;

namespace Actors.Lab.Plants;

/// <summary>A push, and the counter that it used, are stored one commit after it was sent.</summary>
internal sealed class PushSentBeforeStored : Plant
{
    public override IReplicaStore ReplicaStore(IReplicaStore store) => new Late(store);

    private sealed class Late(IReplicaStore inner) : ForwardingReplicaStore(inner)
    {
        private readonly List<StoredPush> _owed = [];
        private ulong? _counterOwed;

        public override void Commit(ReplicaChanges changes)
        {
            if (changes.ForgetAgreement)
            {
                _owed.Clear();
                _counterOwed = null;
            }
            var (pushes, counter) = (changes.Pushes.ToList(), changes.LastCounter);
            changes.Pushes.Clear();
            changes.Pushes.AddRange(_owed.Where(push => !changes.SettledPushes.Contains(push.Counter)));
            changes.LastCounter = _counterOwed;
            _owed.Clear();
            _owed.AddRange(pushes);
            _counterOwed = counter;
            base.Commit(changes);
        }
    }
}
