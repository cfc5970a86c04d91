using System.Globalization;
using System.Text;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>The node's own directory in a replica, which is never synced.</summary>
public static class ReplicaLayout
{
    private const string PartPrefix = "part-";

    public static RelativePath Own { get; } = RelativePath.Parse(".actors");

    /// <summary>New content before it gets its name, and what it displaced until that is known not to be an edit.</summary>
    public static RelativePath Staging { get; } = Own.Child("staging"u8);

    /// <summary>Files that were displaced while a process was writing them.</summary>
    public static RelativePath Displaced { get; } = Own.Child("displaced"u8);

    public static RelativePath Lock { get; } = Own.Child("lock"u8);

    /// <summary>There while the node stands still because the replica was emptied.</summary>
    public static RelativePath Emptied { get; } = Own.Child("emptied"u8);

    public const string StateFile = ".actors/state.db";
    public const string ControlSocket = "control.sock";

    public static RelativePath Staged(long id) => Staging.Child(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>New content, on a file system that cannot exchange two names.</summary>
    public static RelativePath StagedApart(long id) => Staging.Child(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture) + "-new"));

    public static RelativePath DisplacedAs(long id) => Displaced.Child(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture)));

    public static RelativePath InStaging(string name) => Staging.Child(Encoding.ASCII.GetBytes(name));

    /// <summary>
    /// The name in the staging area of content that is being fetched: by its root, so that a fetch is resumed; and by its
    /// path, because the same content may be on its way for two.
    /// </summary>
    public static string PartName(RelativePath path, ContentHash root) => $"{PartPrefix}{root}-{ContentHash.Of(path.Bytes).ToString()[..16]}";

    public static bool IsPart(ReadOnlySpan<byte> name) => name.StartsWith("part-"u8);
}
