namespace Actors.Remote;

/// <summary>How one step of a selection goes on; the numbers are the wire's.</summary>
internal enum SelectionStepKind
{
    Parent = 1,
    ChildName = 2,
    ChildPattern = 3,
}
