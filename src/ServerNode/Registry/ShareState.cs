using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>A share and where its history stands.</summary>
internal sealed record ShareState(ShareRow Share, ShareHead Head);
