using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;

namespace Actors.Server.Storage;

/// <summary>
/// A write transaction: nothing of it is there before <see cref="Commit"/> returns, and all of it is on disk afterwards.
/// Disposed of without that, it leaves no trace.
/// </summary>
public interface IStoreTransaction : IShareSnapshot
{
    /// <summary>Makes a share with its first epoch.</summary>
    ShareRow AddShare(string name, EpochId epoch);

    /// <summary>
    /// Appends to a share's log. False, and nothing appended, where the head is not <paramref name="expectedHead"/>: somebody
    /// else has committed.
    /// </summary>
    bool Append(int share, ulong expectedHead, LogRow row);

    /// <summary>Sets a path's newest entry.</summary>
    void Put(int share, TreeEntry entry);

    /// <summary>Keeps a chunk or node; no effect where it is here.</summary>
    void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes);

    /// <summary>Notes that content of several chunks is here whole and checked.</summary>
    void PutContent(ContentRef content);

    /// <summary>Begins a new epoch of a share after its head.</summary>
    void PutEpoch(int share, EpochRow epoch);

    /// <summary>The number of the next new node.</summary>
    uint NextNodeNumber();

    /// <summary>Counts sessions. A store that was put back from a backup counts some again.</summary>
    ulong NextSession();

    /// <summary>Adds a node or replaces it.</summary>
    void PutNode(NodeRow node);

    void PutOutcome(uint node, OutcomeRow outcome);

    /// <summary>Forgets a node's outcomes up to and with a counter.</summary>
    void ForgetOutcomes(uint node, ulong through);

    /// <summary>
    /// Forgets chunks, nodes and contents that no commit names and that an earlier call, at least so long ago, has found
    /// here already: uploads that were never committed. Returns how many chunks and nodes went. Not while content is
    /// being fetched.
    /// </summary>
    int ForgetUploads(long nowUs, long ageUs);

    /// <summary>Returns when everything is on disk.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; whether it will be there after all is open.</exception>
    void Commit();
}
