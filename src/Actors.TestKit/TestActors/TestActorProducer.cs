using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Makes a test actor and hands out the cell that it lives in.</summary>
internal sealed class TestActorProducer(TestActorQueue queue, TaskCompletionSource<ActorCell> cell) : IIndirectActorProducer
{
    public Type ActorType => typeof(InternalTestActor);

    public ActorBase Produce()
    {
        var actor = new InternalTestActor(queue);
        cell.TrySetResult(ActorCell.Current!);
        return actor;
    }

    public void Release(ActorBase actor)
    {
    }
}
