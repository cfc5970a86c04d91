namespace Actors.Lab.Plans;

/// <summary>Something that a user does at a client's machine.</summary>
/// <param name="Number">Names it in traces; the content that it writes is made from it.</param>
/// <param name="At">When it begins, unless a call of the node makes it begin a little earlier.</param>
/// <param name="Client">Whose machine: from 1.</param>
/// <param name="Kind">What.</param>
/// <param name="Path">Where, in the replica.</param>
/// <param name="Other">The second path of those that need one.</param>
/// <param name="Bytes">How much it writes.</param>
/// <param name="Pieces">In how many writes.</param>
/// <param name="Gap">Between two steps of it.</param>
/// <param name="Syncs">Whether the user makes durable what was written, as good editors do.</param>
internal sealed record PlannedEdit(
    int Number, TimeSpan At, int Client, EditKind Kind, string Path, string Other, int Bytes, int Pieces, TimeSpan Gap, bool Syncs)
{
    public override string ToString() => $"edit {Number} client-{Client} {Kind} {Path} {Other} {Bytes} B in {Pieces}{(Syncs ? " synced" : "")}";
}

/// <summary>What a user does, in the patterns of people's tools.</summary>
internal enum EditKind
{
    /// <summary>Open with truncation, write in pieces, close.</summary>
    TruncateAndWrite,
    /// <summary>Write a new file beside, and rename it over the old one.</summary>
    ReplaceByRename,
    /// <summary>Rename the old file to a backup, and write a new one.</summary>
    BackupAndWrite,
    /// <summary>Write over bytes in the middle.</summary>
    WriteInPlace,
    Append,
    /// <summary>Appends for a long time, with the file open.</summary>
    KeepLog,
    Delete,
    Rename,
    /// <summary>Moves a directory to another name.</summary>
    RenameDirectory,
    /// <summary>Two directories change names, by way of a third one.</summary>
    SwapDirectories,
    /// <summary>Deletes a directory and all in it.</summary>
    DeleteDirectory,
    MakeDirectory,
    /// <summary>A directory where a file is, or a file where a directory is.</summary>
    ChangeKind,
    /// <summary>A symbolic link that leads out of the replica.</summary>
    MakeLink,
    /// <summary>Many small files, one after another, as a build or a photo import makes them.</summary>
    Burst,
    /// <summary>A file that goes away a moment after it was made, and is back with the same bytes a moment later.</summary>
    Blink,
    /// <summary>Again and again a file is saved, and changes its name for a moment right after that, as logs are rotated.</summary>
    Juggle,
    /// <summary>A file of several chunks that are alike: zeros, or one block again and again.</summary>
    WriteBlocks,
    /// <summary>Again and again a new file, and then one that tells of it, as databases and version control write them.</summary>
    PointToNew,
    /// <summary>Writes over bytes through a mapping, of which the node gets no notice, and keeps the file open from then on.</summary>
    KeepMapped,
    /// <summary>Appends now and then with the file open, at its own pace: there is time for updates of the file in between.</summary>
    KeepOpen,
    /// <summary>Gives a file a second name, and writes now through the one and now through the other; one of them is renamed or goes at last.</summary>
    WriteLinked,
    /// <summary>A new directory and files in it and below it, one right after another, as an archive is unpacked.</summary>
    Unpack,
}
