using System.Collections.Immutable;

namespace Actors.Runtime.Setup;

/// <summary>The parts that an actor system is made with, at most one of a type. Immutable.</summary>
public sealed class ActorSystemSetup
{
    /// <summary>No part.</summary>
    public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

    private readonly ImmutableDictionary<Type, Setup> _parts;

    private ActorSystemSetup(ImmutableDictionary<Type, Setup> parts) => _parts = parts;

    /// <summary>Puts parts together; of several of a type, the last counts.</summary>
    public static ActorSystemSetup Create(params Setup[] setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return setup.Aggregate(Empty, static (all, part) => all.WithSetup(part));
    }

    /// <summary>Adds a part, instead of the one of its type.</summary>
    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new ActorSystemSetup(_parts.SetItem(setup.GetType(), setup));
    }

    /// <inheritdoc cref="WithSetup{T}"/>
    public ActorSystemSetup And<T>(T setup) where T : Setup => WithSetup(setup);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSystemSetup({string.Join(",", _parts.Keys.Select(type => type.FullName))})";

    /// <summary>The part of a type, or null.</summary>
    internal T? Find<T>() where T : Setup => (T?)_parts.GetValueOrDefault(typeof(T));
}
