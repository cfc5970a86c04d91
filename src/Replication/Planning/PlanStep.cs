using Actors.Replication.Tree;

namespace Actors.Replication.Planning;

/// <summary>One thing to do about one path.</summary>
public abstract record PlanStep(RelativePath Path);
