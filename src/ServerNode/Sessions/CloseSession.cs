namespace Actors.Server.Sessions;

/// <summary>Registry to a session: tell the client that it is over, and end.</summary>
internal sealed record CloseSession(bool Replaced, string Text);
