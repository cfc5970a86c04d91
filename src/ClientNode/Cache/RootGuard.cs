using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// Stops a node whose replica is not there any more, before it takes that for deletions. A replica of few files may well be
/// emptied on purpose; more of them do not vanish all at once without a question.
/// </summary>
public sealed class RootGuard(IFileSystem files, ReplicaIdentity identity)
{
    private const int FilesThatVanishTogether = 2;

    private const string WasEmptied =
        "the replica was emptied; if that was meant, say so with: ClientNode confirm DIR; else put all of its files back";

    private readonly AbsenceLook _look = new(files, identity.Device);
    private bool _isEmptyingConfirmed;

    // Noted in the node's own directory, so that it holds after a restart too: what is there by then says nothing about the rest.
    private bool _isEmptied = files.Stat(ReplicaLayout.Emptied) is not null;

    /// <summary>Whether it was asked for the first time since the start.</summary>
    public bool HasLooked { get; private set; }

    /// <summary>Why the node must not go on; null: it may.</summary>
    public string? Reason { get; private set; }

    /// <summary>Looks whether the root is the one that the replica was opened in.</summary>
    public bool IsRootThere()
    {
        if (files.RootIsInPlace() && files.Stat(ReplicaLayout.Own) is { } own && own.Inode == identity.Inode && own.Device == identity.Device)
            return true;
        Reason = "the replica's directory was unmounted, moved or replaced, or its .actors directory is gone; put it back, or stop this node and start it again";
        return false;
    }

    /// <summary>Looks whether the root has been emptied, before any deletion is believed.</summary>
    public bool MayBelieveAbsences(Replica replica)
    {
        if (!IsRootThere())
            return false;
        // While the node was away it may have been emptied, and something new begun there.
        var isEmptied = IsEmpty() || (!HasLooked && (_isEmptied ? replica.FilesAtStake.Any(IsGone) : !HoldsSomethingSynced(replica)));
        HasLooked = true;
        if (isEmptied && !_isEmptyingConfirmed && !AreFewAtStake(replica))
        {
            NoteEmptied();
            return false;
        }
        _isEmptyingConfirmed &= isEmptied;
        ForgetEmptied();
        return true;
    }

    /// <summary>
    /// Looks whether the root has been emptied, before an update or an edit that one displaced is put into it: from then on
    /// something would be there, and what is gone would look deleted.
    /// </summary>
    public bool MayApply(Replica replica)
    {
        if (_isEmptyingConfirmed || replica.SyncedPaths.Any(path => path.Parent.IsRoot && !IsGone(path))
            || AreFewAtStake(replica) || !IsEmpty())
            return true;
        NoteEmptied();
        return false;
    }

    /// <summary>A person says that the emptied replica is meant to be empty; of one that is not, this says nothing.</summary>
    public void Confirm() => _isEmptyingConfirmed = Reason is not null || IsEmpty();

    /// <summary>There is something in the replica: what was confirmed before says nothing about another emptying.</summary>
    public void SawSomething() => _isEmptyingConfirmed = false;

    /// <summary>True where what stopped the node was mended, or confirmed.</summary>
    public bool TryResume(Replica replica)
    {
        if (!IsRootThere())
            return false;
        // Files come back one by one, and a new one, a log that some program begins there, says nothing about those that were
        // there before. Where the registry has deleted them meanwhile, or has begun a new history, their absence deletes nothing.
        if (_isEmptied && !_isEmptyingConfirmed && replica.FilesAtStake.Any(IsGone))
        {
            Reason = WasEmptied;
            return false;
        }
        if (!MayBelieveAbsences(replica))
            return false;
        Reason = null;
        return true;
    }

    /// <summary>What may not be looked at, or is hidden by something mounted, is not known to be gone.</summary>
    public bool IsGone(RelativePath path) => _look.IsGone(path);

    /// <summary>Gone, or hidden.</summary>
    public bool IsMissing(RelativePath path) => _look.IsMissing(path);

    private void NoteEmptied()
    {
        (_isEmptied, Reason) = (true, WasEmptied);
        files.OpenOrCreate(ReplicaLayout.Emptied).Dispose();
        _ = files.FlushDirectory(ReplicaLayout.Own);
    }

    private void ForgetEmptied()
    {
        if (!_isEmptied)
            return;
        _isEmptied = false;
        _ = files.Delete(ReplicaLayout.Emptied);
    }

    private static bool AreFewAtStake(Replica replica) => replica.FilesAtStake.Take(FilesThatVanishTogether).Count() < FilesThatVanishTogether;

    private bool HoldsSomethingSynced(Replica replica) =>
        files.List(RelativePath.Root) is { } items
        && items.Any(item => RelativePath.Root.TryChild(item.Name.Span, out var path, out _) && replica.IsSynced(path));

    private bool IsEmpty() =>
        files.List(RelativePath.Root) is { } items
        && items.All(item => !RelativePath.Root.TryChild(item.Name.Span, out var path, out _) || path.IsReserved);
}
