namespace Actors.Client.FileSystem;

/// <summary>What a file system can do. A missing ability weakens a guarantee, and is reported.</summary>
public sealed record FileSystemTraits
{
    /// <summary>Its name, for people: ext4, nfs, ...</summary>
    public required string Name { get; init; }

    /// <summary>Replaces a file and keeps what was there, in one step.</summary>
    public required bool ExchangesNames { get; init; }

    /// <summary>Creates a file under its name only where the name is free, in one step.</summary>
    public required bool RenamesWithoutReplacing { get; init; }

    /// <summary>Tells whether a file is open for writing: of the node's own files at least.</summary>
    public required bool KnowsWriters { get; init; }

    /// <summary>Other machines may change files without notice to this one.</summary>
    public required bool IsNetwork { get; init; }

    /// <summary>Names are bytes; else only names that are text can be created.</summary>
    public required bool NamesAreBytes { get; init; }

    /// <summary>Paths may be longer than one call of the system takes.</summary>
    public bool TakesLongPaths { get; init; } = true;

    /// <summary>Tells files apart by a number; else two of them with equal sizes and times look the same.</summary>
    public bool NumbersFiles { get; init; } = true;

    /// <summary>Gives a file's name to another one, and the file another name, without a moment in which a third could come in between.</summary>
    public bool ReplacesWithBackup { get; init; }

    /// <summary>Makes names durable when asked; else when the system pleases.</summary>
    public bool FlushesNames { get; init; } = true;

    /// <summary>Makes everything durable with one call.</summary>
    public bool FlushesAll { get; init; } = true;

    /// <summary>Whether a file is open for writing. Where a file that certainly was had no writers, no answer is believed.</summary>
    public WriterState WritersOf(IFileHandle file) => KnowsWriters ? file.Writers() : WriterState.Unknown;
}
