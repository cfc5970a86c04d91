namespace Actors.Messages.Content;

/// <summary>What became of a part that arrived.</summary>
public enum ChunkAcceptance
{
    Accepted,
    /// <summary>Nobody asked for it, or it came twice.</summary>
    NotAsked,
    /// <summary>The bytes are not what the hash or the tree promises.</summary>
    Corrupt,
}
