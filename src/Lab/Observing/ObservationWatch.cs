using Actors.Client.Cache;
using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>Recognises by what a Watcher has read which races with users and with its own node it got into.</summary>
internal sealed class ObservationWatch(ServerHistory history, Coverage coverage)
{
    private readonly Dictionary<(string Machine, RelativePath Path), ContentRef> _placed = [];
    private readonly Dictionary<(string Machine, RelativePath Path), SeenFile> _seen = [];

    /// <summary>A node has put a file under a name that people see.</summary>
    public void Place(ClientSite site, RelativePath path)
    {
        if (VisibleTree.ContentAt(site.Machine, $"{ClientSite.Root}/{path}") is { } content)
            _placed[(site.Name, path)] = content;
    }

    /// <summary>The node on a machine is told of a file.</summary>
    public void See(string machine, Observation.Content content)
    {
        var (at, file) = ((machine, content.Path), content.File);
        if (content.IsStillOpen)
            coverage.Reached(Races.SnapshotOfOpenFile);
        // A copy of what a user wrote is placed too: only what the registry has there is an echo.
        if (_placed.Remove(at, out var placed) && placed == file.Content && history.Find(content.Path) is { State.IsFile: true } entry && entry.State.Content == placed)
            coverage.Reached(Races.OwnEcho);
        if (file.IsSettled && _seen.TryGetValue(at, out var before) && !before.IsSettled && before.Signature == file.Signature)
            coverage.Reached(before.Content == file.Content ? Races.SignatureTooYoung : Races.WrittenInOneTick);
        _seen[at] = file;
    }
}
