using System.Linq.Expressions;

namespace Actors.Runtime;

/// <summary>How to make an actor: its type and arguments, its dispatcher and mailbox. Immutable; may be shared.</summary>
public class Props : IEquatable<Props>
{
    /// <summary>Props that make nothing.</summary>
    public static readonly Props None = new();

    private readonly IIndirectActorProducer? _producer;

    /// <summary>Creates props that make nothing.</summary>
    protected Props() => Arguments = [];

    /// <summary>Creates a copy.</summary>
    protected Props(Props copy)
    {
        _producer = copy._producer;
        Arguments = copy.Arguments;
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
        StashCapacity = copy.StashCapacity;
        SupervisorStrategy = copy.SupervisorStrategy;
    }

    /// <summary>Creates props of a type with a parameterless constructor.</summary>
    public Props(Type type) : this(type, []) { }

    /// <summary>Creates props of a type and the arguments of its constructor.</summary>
    public Props(Type type, object?[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not an actor type", nameof(type));
        Arguments = args ?? [];
        _producer = new ActivatorProducer(type, Arguments);
    }

    /// <summary>Creates props of a type, a strategy for its children, and the arguments of its constructor.</summary>
    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object?[] args) : this(type, args) =>
        SupervisorStrategy = supervisorStrategy!;

    private Props(IIndirectActorProducer producer, object?[] args)
    {
        _producer = producer;
        Arguments = args;
    }

    /// <summary>Props that make nothing.</summary>
    public static Props Empty => None;

    /// <summary>The type of the actor, or null if there is none.</summary>
    public Type Type => _producer?.ActorType!;

    /// <summary>The name of the type.</summary>
    public string TypeName => Type?.AssemblyQualifiedName ?? "";

    /// <summary>The arguments of the constructor.</summary>
    public object?[] Arguments { get; }

    /// <summary>The configuration path of the dispatcher; empty for the default one.</summary>
    public string Dispatcher { get; private set; } = "";

    /// <summary>The configuration path of the mailbox; empty for the default one.</summary>
    public string Mailbox { get; private set; } = "";

    /// <summary>How the actor's children are supervised, or null if the actor says so itself.</summary>
    public SupervisorStrategy SupervisorStrategy { get; protected set; } = null!;

    internal int StashCapacity { get; private set; } = -1;

    /// <summary>Props of a constructor call, such as <c>Props.Create(() => new Greeter("hello"))</c>. The arguments are evaluated now.</summary>
    /// <exception cref="ArgumentException">The expression is not a constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null) where TActor : ActorBase
    {
        ArgumentNullException.ThrowIfNull(factory);
        if (factory.Body is not NewExpression call)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        return new Props(call.Type, supervisorStrategy, ConstructorArguments.Evaluate(call));
    }

    /// <summary>Props of a type and the arguments of its constructor.</summary>
    public static Props Create<TActor>(params object?[] args) where TActor : ActorBase => new(typeof(TActor), args);

    /// <summary>Props of a type with a parameterless constructor, and a strategy for its children.</summary>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new(typeof(TActor), supervisorStrategy);

    /// <summary>Props of a type and the arguments of its constructor.</summary>
    public static Props Create(Type type, params object?[] args) => new(type, args);

    /// <summary>Props of a producer.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new Props(producer, args ?? []);
    }

    /// <summary>The same on another dispatcher.</summary>
    public Props WithDispatcher(string dispatcher) => With(props => props.Dispatcher = dispatcher);

    /// <summary>The same with another mailbox.</summary>
    public Props WithMailbox(string mailbox) => With(props => props.Mailbox = mailbox);

    /// <summary>The same with another strategy for its children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => With(props => props.SupervisorStrategy = supervisorStrategy);

    /// <summary>The same with a stash that holds at most so many messages; -1 for no limit. An actor with <see cref="IWithUnboundedStash"/> has none.</summary>
    public Props WithStashCapacity(int stashCapacity) => With(props => props.StashCapacity = stashCapacity);

    /// <summary>Makes an instance.</summary>
    /// <exception cref="InvalidOperationException">These props make nothing.</exception>
    public virtual ActorBase NewActor() => _producer is null
        ? throw new InvalidOperationException("No actor producer specified!")
        : _producer.Produce() ?? throw new InvalidOperationException($"The producer of {Type} made no actor");

    internal void Release(ActorBase actor) => _producer?.Release(actor);

    /// <summary>A copy of these props.</summary>
    protected virtual Props Copy() => new(this);

    private Props With(Action<Props> change)
    {
        Props copy = Copy();
        change(copy);
        return copy;
    }

    /// <inheritdoc/>
    public bool Equals(Props? other) => ReferenceEquals(this, other) || (other is not null && Type == other.Type
        && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox && StashCapacity == other.StashCapacity
        && Equals(SupervisorStrategy, other.SupervisorStrategy) && Arguments.AsSpan().SequenceEqual(other.Arguments));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Props);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Mailbox, Arguments.Length);
}
