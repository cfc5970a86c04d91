namespace Actors.Runtime;

/// <summary>Something that can be called off.</summary>
public interface ICancelable
{
    /// <summary>Whether it was called off.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>Cancelled when it is called off.</summary>
    CancellationToken Token { get; }

    /// <summary>Calls it off.</summary>
    void Cancel();

    /// <summary>Calls it off after a delay.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Calls it off after a delay.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Calls it off; says whether the first callback that throws ends it.</summary>
    void Cancel(bool throwOnFirstException);
}
