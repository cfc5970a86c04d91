namespace Actors.Server.Registry;

/// <summary>
/// To the registry: take nothing new, finish what is under way, tell every client that the session is over. Answered by
/// <see cref="RegistryStopped"/>.
/// </summary>
internal sealed class StopRegistry
{
    public static readonly StopRegistry Instance = new();
}

internal sealed class RegistryStopped
{
    public static readonly RegistryStopped Instance = new();
}
