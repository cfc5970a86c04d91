using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Turns refs into the paths that stand for them on the wire, and back.</summary>
internal interface IRefResolver
{
    byte[] PathBytesOf(IActorRef actor);

    /// <summary>The ref behind a path, local or remote; null when the path is none.</summary>
    IInternalActorRef? Resolve(ReadOnlySpan<byte> path);
}
