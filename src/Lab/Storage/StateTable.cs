namespace Actors.Lab.Storage;

/// <summary>
/// States by token, for all disks of a world. A state is immutable and never goes, so that a file which names it by its
/// token can be copied, cut, or put back, and means the same as ever.
/// </summary>
internal sealed class StateTable
{
    private readonly List<object> _states = [];

    /// <summary>Returns the state's token, which is never 0.</summary>
    public ulong Add(object state)
    {
        _states.Add(state);
        return (ulong)_states.Count;
    }

    /// <summary>Null where no state of that kind has the token.</summary>
    public TState? Find<TState>(ulong token)
        where TState : class =>
        token - 1 < (ulong)_states.Count ? _states[(int)token - 1] as TState : null;
}
