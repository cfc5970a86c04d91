namespace Actors.Runtime;

/// <summary>How something ended: an answer that says no more than that.</summary>
public abstract class Status
{
    /// <summary>It went well.</summary>
    public sealed class Success : Status
    {
        /// <summary>A success that carries nothing.</summary>
        public static readonly Success Instance = new(null!);

        /// <summary>What came of it; may be null.</summary>
        public readonly object Status;

        /// <summary>Creates a success that carries a value.</summary>
        public Success(object status) => Status = status;

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>It failed. An Ask answered with this throws the cause.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Why it failed.</summary>
        public readonly Exception Cause;

        /// <summary>The state in which it failed; may be null.</summary>
        public readonly object State;

        /// <summary>Creates a failure.</summary>
        public Failure(Exception cause) : this(cause, null!) { }

        /// <summary>Creates a failure that carries a state.</summary>
        public Failure(Exception cause, object state)
        {
            Cause = cause;
            State = state;
        }

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause}";
    }
}
