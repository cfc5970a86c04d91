namespace Actors.Testing;

/// <summary>Wraps predicates.</summary>
public static class PredicateInfoFactory
{
    /// <summary>Wraps a predicate.</summary>
    public static PredicateInfo CreatePredicateInfo<T>(this Predicate<T> predicateT) => PredicateInfo.Create(predicateT);
}
