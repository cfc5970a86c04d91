namespace Actors.Runtime;

/// <summary>Short forms.</summary>
public static class CancelableExtensions
{
    /// <summary>Calls it off, if it is there.</summary>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
