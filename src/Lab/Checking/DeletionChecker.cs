using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Messages;
using Actors.Messages.Tree;

namespace Actors.Lab.Checking;

/// <summary>
/// Nothing is deleted for others that its author has: immediately before a push is sent, each path that it deletes is looked
/// at, and is neither there nor hidden by something else in the place of a directory.
/// </summary>
internal sealed class DeletionChecker(Findings findings, Coverage coverage)
{
    public const string Name = "deletion";
    private const string Server = "server";

    private readonly Dictionary<(string Machine, ulong Counter), (ulong Session, StoredPush Push)> _dispatched = [];
    private readonly Dictionary<(ulong Session, ulong Counter), List<Look>> _looks = [];
    private Look? _now;

    /// <summary>A message is about to be handled on a machine.</summary>
    public void See(string? machine, object message)
    {
        _now = null;
        switch (message)
        {
            case PushDispatch dispatch when machine is not null:
                _dispatched[(machine, dispatch.Push.Counter)] = (dispatch.Key.Session, dispatch.Push);
                break;
            case WatcherActor.PushStored stored when machine is not null && _dispatched.TryGetValue((machine, stored.Counter), out var ready):
                _now = new Look(machine, ready.Push);
                if (!_looks.TryGetValue((ready.Session, stored.Counter), out var looks))
                    _looks.Add((ready.Session, stored.Counter), looks = []);
                looks.Add(_now);
                break;
            case WatcherActor.Withheld withheld:
                coverage.Reached(withheld.IsRepeat ? Races.DeletionNotRepeated : Races.DeletionNotSent);
                break;
            case Push push when machine == Server && _looks.TryGetValue((push.Session, push.Counter), out var before):
                Check(before);
                break;
        }
    }

    /// <summary>What a node's disk answered.</summary>
    public void Looked(ClientSite site, RelativePath path, FileStat? stat)
    {
        if (_now is not { } look || look.Machine != site.Name)
            return;
        look.Found[path] = stat is not { } found ? Sight.Nothing
            : found.IsDirectory && found.Device == site.Machine.Disk.Settings.Device ? Sight.Directory
            : found.IsRegular ? Sight.File
            : Sight.SomethingElse;
    }

    // A repeated push may arrive after a look that kept it back: one of the looks has to be good.
    private void Check(List<Look> looks)
    {
        foreach (var change in looks[0].Push.Changes.Where(change => change.To.IsAbsent))
        {
            coverage.Reached(Checkers.Of(Name));
            if (!looks.Any(look => look.IsGone(change.Path)))
                findings.Add(Name, $"{looks[0].Machine} sends the deletion of {change.Path}, which its disk did not say was gone when it was sent");
        }
    }

    private enum Sight
    {
        Nothing,
        File,
        Directory,
        SomethingElse,
    }

    private sealed record Look(string Machine, StoredPush Push)
    {
        public Dictionary<RelativePath, Sight> Found { get; } = [];

        public bool IsGone(RelativePath path) =>
            Found.TryGetValue(path, out var found) && found == Sight.Nothing
            && path.Ancestors.All(above => !Found.TryGetValue(above, out var at) || at != Sight.SomethingElse);
    }
}
