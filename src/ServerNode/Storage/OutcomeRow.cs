using Actors.Messages;
using Actors.Messages.Content;

namespace Actors.Server.Storage;

/// <summary>What was decided about a push: accepted as <paramref name="Seq"/>, or rejected where that is 0.</summary>
public sealed record OutcomeRow(ulong Counter, ContentHash Digest, ulong Seq, PushRejection Reason, string Text)
{
    public bool IsAccepted => Seq != 0;
}
