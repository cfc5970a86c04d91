namespace Actors.Server.Registry;

/// <summary>A share has new commits. <paramref name="Changed"/> is null where what they changed is not known.</summary>
internal sealed record HeadMoved(int Share, ulong Head, ChangedPaths? Changed)
{
    /// <summary>Whether a client has to hear of it: not where all of it is the client's own.</summary>
    public bool Concerns(uint client) => Changed is null || Changed.Authors.Count != 1 || !Changed.Authors.Contains(client);
}
