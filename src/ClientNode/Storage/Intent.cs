using Actors.Messages.Tree;

namespace Actors.Client.Storage;

/// <summary>
/// Stored before the disk is touched: what the path shall become, what it was taken for, and the name for what is
/// displaced should it be something else. The displaced or staged file is called by <paramref name="Id"/>.
/// </summary>
/// <param name="Id">Counts up.</param>
/// <param name="Entry">The registry's entry.</param>
/// <param name="Expected">What was on disk; its content is the registry's already, unless <paramref name="IsCopyOwed"/>.</param>
/// <param name="CopyName">Where content goes that the registry does not have.</param>
/// <param name="IsCopyOwed">The expected content lost against the entry, and is to be kept under the copy's name.</param>
public sealed record Intent(long Id, TreeEntry Entry, EntryState Expected, RelativePath CopyName, bool IsCopyOwed);
