using Actors.Client.Storage;
using Actors.Client.Tests.Storage;

namespace Actors.Client.Tests.Cache;

public sealed class MemoryReplicaStoreTests : ReplicaStoreContract
{
    protected override IReplicaStore Store { get; } = new MemoryReplicaStore();

    // What is committed is all there is.
    protected override void Crash()
    {
    }
}
