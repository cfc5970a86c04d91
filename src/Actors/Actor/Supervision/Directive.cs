namespace Actors.Runtime;

/// <summary>What a supervisor does about a child that failed.</summary>
public enum Directive
{
    /// <summary>The child goes on with the next message and keeps its state.</summary>
    Resume,

    /// <summary>A new instance takes the child's place; its messages are kept.</summary>
    Restart,

    /// <summary>The supervisor fails itself.</summary>
    Escalate,

    /// <summary>The child is stopped for good.</summary>
    Stop,
}
