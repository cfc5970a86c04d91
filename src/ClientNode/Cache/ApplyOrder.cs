using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>Make one path of the disk what the registry says.</summary>
/// <param name="Entry">What it shall be.</param>
/// <param name="Expected">What it is, as far as known.</param>
/// <param name="Seen">The expected file's signature.</param>
/// <param name="Source">Where the new content is.</param>
/// <param name="CopyName">Where displaced content goes that the registry does not have.</param>
/// <param name="IsCopyOwed">The expected content is such.</param>
/// <param name="Naming">Makes further names where that one is taken.</param>
public sealed record ApplyOrder(
    TreeEntry Entry, EntryState Expected, SeenFile? Seen, ContentSource Source, RelativePath CopyName, bool IsCopyOwed, CopyNaming Naming);
