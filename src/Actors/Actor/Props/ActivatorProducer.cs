using System.Reflection;

namespace Actors.Runtime;

/// <summary>Makes actors by a constructor, with the same arguments each time.</summary>
internal sealed class ActivatorProducer(Type type, object?[] args) : IIndirectActorProducer
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.CreateInstance | BindingFlags.OptionalParamBinding | BindingFlags.DoNotWrapExceptions;

    public Type ActorType => type;

    public ActorBase Produce() => (ActorBase)Activator.CreateInstance(type, Constructors, binder: null, args, culture: null)!;

    public void Release(ActorBase actor) { }
}
