using System.Buffers.Binary;
using Actors.Client.Planning;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning.Model;

/// <summary>A server, replicas and their users, driven by a list of numbers: any list is a run.</summary>
internal sealed class ModelWorld
{
    private static readonly RelativePath[] Paths = [.. new[] { "a", "b", "a/x", "a/y", "a/x/1", "a/x/2", "b/x", "b/x/y" }.Select(RelativePath.Parse)];

    private readonly ModelReplica[] _replicas;
    private readonly HashSet<ContentHash> _written = [];
    private readonly HashSet<ContentHash> _superseded = [];
    private readonly Queue<int> _choices;
    private readonly ModelUsers _users;
    private uint _nextContent;
    private bool _usersRest;

    public ModelWorld(int replicas, IEnumerable<int> choices, ModelUsers users = ModelUsers.Anything)
    {
        _choices = new Queue<int>(choices);
        _users = users;
        _replicas = [.. Enumerable.Range(1, replicas).Select(number => new ModelReplica(number, Server, Meanwhile, Story))];
    }

    public ModelServer Server { get; } = new();
    public List<string> Story { get; } = [];
    public IReadOnlyList<ModelReplica> Replicas => _replicas;
    public int ConflictCopies => _replicas.Sum(replica => replica.ConflictCopies);
    public bool HasChoices => _choices.Count > 0;

    /// <summary>Users and machinery, in whatever order the numbers say.</summary>
    public void Run()
    {
        while (HasChoices)
        {
            var replica = _replicas[Next(_replicas.Length)];
            switch (Next(13))
            {
                case 0 or 1 or 2: UserActs(replica); break;
                case 3: replica.Notice(Next(16)); break;
                case 4 or 5: replica.Read(Next(16)); break;
                case 6: replica.RequestPage(1 + Next(4)); break;
                case 7: replica.TakePage(); break;
                case 8 or 9: replica.Push(Next(4)); break;
                case 10 or 11: replica.CarryOut(Next(64)); break;
                default: Restart(replica); break;
            }
        }
    }

    /// <summary>The users rest until nothing is left to do. Fails where that does not come about.</summary>
    public void Settle()
    {
        _usersRest = true;
        for (var round = 0; _replicas.Any(replica => !replica.IsQuiet); round++)
        {
            Assert.True(round < 2_000, "the replicas never come to rest");
            foreach (var replica in _replicas)
            {
                replica.Read(round);
                replica.RequestPage(3);
                replica.TakePage();
                replica.CarryOut(round);
                replica.Push(round);
            }
        }
        _usersRest = false;
    }

    public void UserActs(ModelReplica replica)
    {
        var path = AnyPath(replica);
        switch (Next(8))
        {
            case 0 or 1 or 2 or 3: Write(replica, path, EntryState.File(NewContent())); break;
            case 4: Write(replica, path, _users == ModelUsers.SameBytes ? EntryState.File(NewContent()) : EntryState.Folder); break;
            case 5: Remove(replica, path); break;
            case 6: Rename(replica, path, AnyPath(replica)); break;
            default: Write(replica, path, Next(4) == 0 ? LocalState.Held : EntryState.File(NewContent())); break;
        }
    }

    /// <summary>What is not synced (links) goes, so that nothing is held.</summary>
    public void RemoveLinks()
    {
        foreach (var replica in _replicas)
        {
            foreach (var path in replica.Disk.Paths.Where(path => !replica.Disk[path].IsSettled).ToList())
                Remove(replica, path);
        }
    }

    public void AssertConverged()
    {
        var expected = Server.Live.Select(entry => (entry.Path, entry.State)).ToList();
        foreach (var replica in _replicas)
        {
            Assert.Equal(expected, replica.Disk.Paths.Select(path => (path, replica.Disk[path].State)));
            Assert.Equal(Server.Live, replica.Trees.Below(RelativePath.Root).Select(replica.Trees.Synced).Where(entry => entry is { State.IsAbsent: false }));
            Assert.Empty(replica.Held);
            Assert.True(Planner.Plan(replica.Trees, [RelativePath.Root], path => path).IsEmpty, "a full plan finds work where the incremental ones found none");
        }
    }

    /// <summary>Whatever a user wrote, and no user who saw it replaced or removed, is still in the share.</summary>
    public void AssertNothingLost()
    {
        var live = Server.Live.Where(entry => entry.State.IsFile).Select(entry => entry.State.Content.Hash).ToHashSet();
        Assert.Empty(_written.Except(_superseded).Except(live));
    }

    private void Write(ModelReplica replica, RelativePath path, LocalState to)
    {
        // An editor does not write over a directory; a user who wants a file there removes it first.
        if (replica.Disk[path].State.IsFolder && !to.State.IsFolder)
            Remove(replica, path);
        var before = replica.Disk[path];
        if (before == to || !replica.Disk.TrySet(path, to))
            return;
        if (before.State.IsFile)
            _superseded.Add(before.State.Content.Hash);
        if (to.State.IsFile)
            _written.Add(to.State.Content.Hash);
        Story.Add($"{replica.Name} user: {path} = {to}");
        replica.Touched(path);
    }

    private void Remove(ModelReplica replica, RelativePath path)
    {
        foreach (var gone in replica.Disk.Below(path).Reverse().Append(path).ToList())
        {
            if (replica.Disk[gone].State.IsFile)
                _superseded.Add(replica.Disk[gone].State.Content.Hash);
            if (replica.Disk.TrySet(gone, LocalState.Absent))
                Story.Add($"{replica.Name} user: {gone} removed");
            replica.Touched(gone);
        }
    }

    private void Rename(ModelReplica replica, RelativePath from, RelativePath to)
    {
        var moved = replica.Disk.Below(from).ToList();
        if (!replica.Disk.TryRename(from, to))
            return;
        Story.Add($"{replica.Name} user: {from} renamed {to}");
        moved.ForEach(replica.Touched);
        replica.Touched(from);
        replica.Touched(to);
    }

    private void Restart(ModelReplica replica)
    {
        // Only a server that knows no push of the node may call for a first join.
        if (Next(4) == 0)
            replica.Restart(forgetSynced: _users != ModelUsers.EachItsOwn && !replica.HasPushes && Next(2) == 0);
    }

    private RelativePath AnyPath(ModelReplica replica)
    {
        var path = Paths[Next(Paths.Length)];
        return _users == ModelUsers.EachItsOwn ? RelativePath.Parse($"{replica.Name}{path}") : path;
    }

    private void Meanwhile(ModelReplica replica)
    {
        if (!_usersRest && HasChoices && Next(4) == 0)
            UserActs(replica);
    }

    private ContentRef NewContent()
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, _users == ModelUsers.SameBytes ? 0 : _nextContent++);
        return ContentRef.Of(bytes);
    }

    private int Next(int bound) => _choices.TryDequeue(out var choice) ? choice % bound : 0;
}
