using Actors.Messages.Changes;

namespace Actors.Client.Planning;

/// <summary>Push the change; once it is accepted, take it into the synced and the remote tree.</summary>
/// <param name="Change">Based on the registry's newest version known; without inline content.</param>
/// <param name="KeepRemoteAs">
/// Null, or a second change that must be in the same push: it gives the registry's file, whose name a directory takes,
/// another name. Its content is at the server already; it comes to the disk as an update like any other. Until the push
/// is accepted the registry's file must not enter the synced tree, or the copy would be forgotten.
/// </param>
public sealed record Propose(PathChange Change, PathChange? KeepRemoteAs) : PlanStep(Change.Path);
