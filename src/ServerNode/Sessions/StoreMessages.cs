using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Server.Storage;

namespace Actors.Server.Sessions;

/// <summary>The actors that own the store's connections, and take the messages below.</summary>
/// <param name="Committer">The only writer.</param>
/// <param name="Pages">Reads what Pulls ask for.</param>
/// <param name="Parts">Reads content: apart, so that bulk never delays pages.</param>
internal sealed record SessionStores(IActorRef Committer, IActorRef Pages, IActorRef Parts);

/// <summary>To the page reader; answered by <see cref="PageRead"/>.</summary>
internal sealed record ReadPage(int Share, PullRequest Pull, uint Client);

internal sealed record PageRead(Updates Page);

/// <summary>To the part reader; answered by <see cref="PartsRead"/>.</summary>
internal sealed record ReadParts(object Purpose, IReadOnlyList<ContentHash> Hashes);

/// <summary>The bytes in the order asked; null where a part is not here.</summary>
internal sealed record PartsRead(ReadParts Asked, IReadOnlyList<byte[]?> Bytes);

/// <summary>To the part reader: is this content here whole, and has it the promised hash? Answered by <see cref="ContentChecked"/>.</summary>
internal sealed record CheckContent(ContentRef Content);

internal sealed record ContentChecked(ContentRef Content, string? Fault);

/// <summary>Registry to the part reader: how much do the shares hold? Answered by <see cref="SizesRead"/>.</summary>
internal sealed record ReadSizes(IActorRef Asker);

internal sealed record SizesRead(IActorRef Asker, IReadOnlyDictionary<int, ShareSize> ByShare);

/// <summary>To the committer: keep these parts. Answered by <see cref="Kept"/> or <see cref="NotKept"/>.</summary>
internal sealed record KeepParts(IReadOnlyList<(ContentHash Hash, ReadOnlyMemory<byte> Bytes)> Parts);

/// <summary>To the committer: this content is here whole. Answered by <see cref="Kept"/> or <see cref="NotKept"/>.</summary>
internal sealed record KeepContent(ContentRef Content);

/// <summary>It is on disk.</summary>
internal sealed record Kept(object Asked);

internal sealed record NotKept(object Asked, string Reason);

/// <summary>To the committer, when no content is being fetched: forget uploads that were not committed for so long.</summary>
internal sealed record ForgetUploads(TimeSpan Age);

/// <summary>To the committer: see whether the store still lies in its place; answered by <see cref="Registry.RegistryEvent.StoreGone"/> where it does not.</summary>
internal sealed class LookAtPlace
{
    public static readonly LookAtPlace Instance = new();
}
