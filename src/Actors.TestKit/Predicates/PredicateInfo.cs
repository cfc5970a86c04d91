namespace Actors.Testing;

/// <summary>A predicate and the type of message it is about.</summary>
public class PredicateInfo
{
    private readonly Predicate<object> _fits;

    private PredicateInfo(Delegate predicate, Type type, Predicate<object> fits)
    {
        PredicateT = predicate;
        Type = type;
        _fits = fits;
    }

    /// <summary>The predicate.</summary>
    public Delegate PredicateT { get; }

    /// <summary>The type of message that it takes.</summary>
    public Type Type { get; }

    /// <summary>Wraps a predicate.</summary>
    public static PredicateInfo Create<T>(Predicate<T> predicateT)
    {
        ArgumentNullException.ThrowIfNull(predicateT);
        return new PredicateInfo(predicateT, typeof(T), message => message is T typed && predicateT(typed));
    }

    public override string ToString() => $"predicate over {Type}";

    internal bool Fits(object message) => _fits(message);
}
