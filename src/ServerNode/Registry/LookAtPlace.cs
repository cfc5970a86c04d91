namespace Actors.Server.Registry;

/// <summary>To the committer: see whether the store still lies in its place; answered by <see cref="RegistryEvent.StoreGone"/> where it does not.</summary>
internal sealed class LookAtPlace
{
    public static readonly LookAtPlace Instance = new();
}
