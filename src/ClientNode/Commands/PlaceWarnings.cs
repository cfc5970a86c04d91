using Actors.Client.FileSystem;

namespace Actors.Client.Commands;

/// <summary>What users should know of the place where a replica lies, one line each.</summary>
internal static class PlaceWarnings
{
    public static IEnumerable<string> Of(string directory, FileSystemTraits traits)
    {
        var name = traits.Name;
        if (traits.IsNetwork)
            yield return $"Warning: {directory} is on a network file system ({name}): changes made by other machines are found by scans only";
        if (!traits.ExchangesNames && !traits.ReplacesWithBackup)
            yield return $"Warning: the file system {name} cannot exchange files in one step: a file that is updated is missing for an instant";
        if (!traits.RenamesWithoutReplacing)
            yield return $"Warning: the file system {name} cannot give a name only where it is free: a file that somebody makes in the very moment of an update can be lost";
        if (!traits.KnowsWriters)
            yield return $"Warning: the file system {name} does not tell who is writing a file: files are pushed when they were left alone for a moment, and what updates displace is kept for a while";
        if (!traits.NumbersFiles)
            yield return $"Warning: the file system {name} does not number files: a copy of this replica on this machine is noticed only when both run";
        if (!traits.FlushesNames)
            yield return $"Warning: names in the file system {name} become durable when the system pleases: after power loss an older state of a file can travel as an edit";
        if (!traits.NamesAreBytes)
            yield return $"Warning: names in the file system {name} are text: files that others gave other names are listed by status and not kept here";
        for (var above = Path.GetDirectoryName(directory); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(Path.Combine(above, ReplicaLayout.StateFile)))
                yield return $"Warning: {directory} lies inside another replica, {above}, which leaves this directory alone from now on";
        }
    }
}
