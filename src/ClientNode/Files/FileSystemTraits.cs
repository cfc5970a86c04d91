namespace Actors.Client.Files;

/// <summary>What a file system can do; whatever is missing weakens a guarantee, and is reported.</summary>
public sealed record FileSystemTraits
{
    /// <summary>Its name, for people: ext4, nfs, ...</summary>
    public required string Name { get; init; }

    /// <summary>Replaces a file and keeps what was there, in one step.</summary>
    public required bool ExchangesNames { get; init; }

    /// <summary>Creates a file under its name only where nobody else has, in one step.</summary>
    public required bool RenamesWithoutReplacing { get; init; }

    /// <summary>Tells whether somebody has a file open for writing.</summary>
    public required bool KnowsWriters { get; init; }

    /// <summary>Other machines may change files without notice to this one.</summary>
    public required bool IsNetwork { get; init; }

    /// <summary>Names are bytes; else only names that are text can be created.</summary>
    public required bool NamesAreBytes { get; init; }
}
