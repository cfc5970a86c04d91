using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>What the story says of whether the server can be reached, each change of it once.</summary>
internal sealed class Reachability(INodeJournal journal, HostAddress server)
{
    private static readonly TimeSpan MissedAfter = TimeSpan.FromSeconds(3);

    private TimeSpan? _askedSince;
    private string? _busyBecause;
    private bool _wasMissed;
    private bool _wasWelcomed;

    /// <summary>A Join was sent. A long time without an answer, even without a failed connection, is reported as no server.</summary>
    public void NoteAsked(TimeSpan now)
    {
        _askedSince ??= now;
        if (now - _askedSince >= MissedAfter && !_wasMissed && !_wasWelcomed)
            SayMissed();
    }

    public void NoteBusy(string reason) => _busyBecause = reason;

    public void NoteGone(Exception? cause)
    {
        _busyBecause = null;
        // Akka.Remote ends the whole system then, and the host reports why.
        if (cause?.ToString().Contains("TLS handshake failed", StringComparison.Ordinal) == true)
            _wasMissed = true;
        if (!_wasMissed)
            SayMissed(cause);
    }

    public void NoteWelcome(string name)
    {
        if (!_wasWelcomed)
            journal.Narrate(StoryLines.Welcomes(name));
        journal.Narrate(StoryLines.ConnectedAs(name));
        (_wasWelcomed, _wasMissed, _busyBecause) = (true, false, null);
    }

    private void SayMissed(Exception? cause = null)
    {
        _wasMissed = true;
        journal.Narrate((_busyBecause, _wasWelcomed) switch
        {
            ({ } reason, _) => $"The server at {server} admits no client now: {reason}; trying until it does",
            (_, true) => $"The connection with the server at {server} is lost; trying until it is back",
            _ when WhyUnusable(cause) is { } reason => $"What answers at {server} cannot be used: {reason}; trying until it can. "
                + "Is it a server, and do both sides have TLS, or neither, and trust each other's certificates?",
            _ => $"No server at {server}; trying until there is one",
        });
    }

    /// <summary>Why a connection that could be made was of no use; null where none could be made.</summary>
    private static string? WhyUnusable(Exception? cause)
    {
        var text = cause?.GetBaseException().Message ?? "";
        // A server with TLS does so with a client that does not use TLS.
        if (text.Contains("disassociated", StringComparison.Ordinal))
            return "it ends the connection before it has said who it is";
        return text.Contains("handshake", StringComparison.Ordinal) || text.Contains("certificate", StringComparison.Ordinal)
            ? text[(text.LastIndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..]
            : null;
    }
}
