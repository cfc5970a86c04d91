namespace Actors.Remote;

/// <summary>A system message and its place in the order of one incarnation of the receiver.</summary>
internal readonly record struct Numbered<T>(long Seq, T Message);
