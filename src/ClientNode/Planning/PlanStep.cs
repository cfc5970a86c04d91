using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>One thing to do about one path.</summary>
public abstract record PlanStep(RelativePath Path);
