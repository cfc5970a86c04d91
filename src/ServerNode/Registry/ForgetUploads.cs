namespace Actors.Server.Registry;

/// <summary>To the committer, when no content is being fetched: forget uploads that were not committed for so long.</summary>
internal sealed record ForgetUploads(TimeSpan Age);
