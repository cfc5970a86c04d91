using Actors.Messages.Content;

namespace Actors.Lab.Users;

/// <summary>A content that a user has finished, on one machine, under one name.</summary>
internal sealed record Writing(ContentRef Content, string Machine, string Path, TimeSpan At, int Edit);
