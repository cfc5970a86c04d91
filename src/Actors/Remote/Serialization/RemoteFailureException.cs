using Actors.Runtime;

namespace Actors.Remote;

/// <summary>A failure that another system reported. Whatever its type was there, here it is only told.</summary>
internal sealed class RemoteFailureException(string typeName, string message, string stackTrace, Exception? cause) : AkkaException(message, cause)
{
    /// <summary>The type it had in the other system.</summary>
    public string TypeName => typeName;

    public override string StackTrace => stackTrace;
}
