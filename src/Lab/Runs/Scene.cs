using Actors.Lab.Checking;
using Actors.Lab.Faults;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Users;
using Actors.Lab.World;
using Actors.NodeShell;

namespace Actors.Lab.Runs;

/// <summary>Everything of one run, put together: the nodes, who works with them, what fails, and who looks.</summary>
internal sealed class Scene : ISiteObserver
{
    private readonly SimulatedWorld _world;
    private readonly Writings _writings = new();
    private readonly ServerHistory _history = new();
    private readonly Coverage _coverage = new();
    private readonly RecordFuse _records = new();
    private readonly RaceWatch _races;
    private readonly FaultInjector _faults;
    private readonly DiskFaults _disks;
    private readonly Restorations _restorations;
    private readonly AvailabilityChecker _availability;
    private readonly ErrorsChecker _errors;
    private readonly AcknowledgementChecker _acknowledgements;
    private readonly RefusalChecker _refusals;
    private readonly OutsideChecker _outside;
    private readonly UselessWorkChecker _uselessWork;
    private readonly OrderChecker _order;
    private readonly DurabilityChecker _durability;
    private readonly ConflictChecker _conflicts;

    public Scene(SimulatedWorld world, RunPlan plan, NodeSettings settings, Plant? plant)
    {
        _world = world;
        Findings = new Findings(world);
        _writings.Completions.Now = () => world.Now;
        _availability = new AvailabilityChecker(world, Findings, _coverage);
        _errors = new ErrorsChecker(_availability, Findings, _coverage);
        _outside = new OutsideChecker(Findings, _coverage);
        var wholeFiles = new WholeFileChecker(_writings, _history, Findings, _coverage);
        var storage = new RecordedStorage(new SiteStorage(), _history, _coverage, wholeFiles);
        _races = new RaceWatch(_history, storage, _coverage);
        var cursors = new CursorChecker(_history, Findings, _coverage);
        var commits = new CommitChecker(_history, storage, _writings, Findings, _coverage);
        _acknowledgements = new AcknowledgementChecker(_history, storage, Findings, _coverage);
        _refusals = new RefusalChecker(_history, storage, Findings, _coverage);
        _order = new OrderChecker(_history, storage, _writings, Findings, _coverage);
        _writings.Completions.IsBehind = _order.IsBehind;
        storage.NoticesLost = _order.LoseNotices;
        var emptied = new EmptiedChecker(storage, Findings, _coverage);
        var structure = new StructureChecker(_history, Findings, _coverage);
        _uselessWork = new UselessWorkChecker(_history, storage, Findings, _coverage);
        _conflicts = new ConflictChecker(_history, storage, Findings, _coverage);
        var deletions = new DeletionChecker(Findings, _coverage);
        storage.Looked = deletions.Looked;
        WatchCommits(emptied, commits, structure);
        _durability = new DurabilityChecker(Findings, _coverage);
        var records = new RecordChecker(storage, Findings, _coverage);
        WatchStores(storage, cursors, new IdentityChecker(plan, Findings, _coverage), records);
        _disks = new DiskFaults(world, _availability, _writings.Completions, _coverage);
        // A planted bug lies between the nodes and the recorder, which observes what is really on their disks.
        INodeStorage nodeStorage = plant is null ? storage : new PlantedStorage(storage, plant);
        Cluster = new Cluster(world, plan, settings.Under(plan.Limits).WithMailboxes(plan.MailboxMax), nodeStorage, this, _writings);
        plant?.Network(world.Network);
        var losses = new MessageLoss(_coverage);
        losses.Attach(world.Network);
        foreach (var site in Cluster.Sites)
            Wire(site);
        WatchMessages(storage, deletions, records);
        Convergence = new ConvergenceChecker(Cluster, _coverage);
        Limits = new LimitsChecker(world, Cluster, Findings, _coverage);
        _restorations = new Restorations(world, Cluster, _writings, _history, storage, cursors, wholeFiles, Wire);
        _history.Truncated = gone =>
        {
            _restorations.Excuse(gone);
            _uselessWork.ForgetVersions();
            foreach (var site in Cluster.Sites)
                _order.LoseOrder(site);
        };
        var emptyings = new Emptyings(world, Cluster, _writings, _history, storage, emptied, _coverage);
        foreach (var user in Cluster.Users)
            user.Watch = emptyings.Watch;
        var links = new LinkFaults(world, plan.Network, losses);
        var saves = new SavesOnTop(world, Cluster, _availability, _conflicts, _coverage);
        var made = new FilesMadeAgain(world, Cluster, storage, _conflicts, _coverage);
        WatchNames(storage, records, made, saves);
        _faults = new FaultInjector(
            world, plan, Cluster, _coverage, links, _disks,
            new PowerFaults(Cluster, _writings, _history, wholeFiles), _restorations,
            emptyings, new DirectoryAways(world, Cluster, links), saves, made, new LockChecker(nodeStorage, Findings, _coverage), Fuse, _records, storage);
    }

    private void WatchMessages(RecordedStorage storage, DeletionChecker deletions, RecordChecker records)
    {
        var messages = new MessageChecks(ClientAt, _acknowledgements, _uselessWork, _durability, records);
        var given = new GivenContentChecker(site => Cluster.UserOf(site)?.Steps ?? 0, storage, Findings, _coverage);
        _world.StepSeen = step =>
        {
            _races.See(SimulatedWorld.CurrentMachine, step.Message);
            messages.See(SimulatedWorld.CurrentMachine, step.Message);
            deletions.See(SimulatedWorld.CurrentMachine, step.Message);
            given.See(ClientAt(SimulatedWorld.CurrentMachine), SimulatedWorld.CurrentMachine, step.Message);
        };
    }

    /// <summary>What nodes do to names that people see is looked at when it is done.</summary>
    private void WatchNames(RecordedStorage storage, RecordChecker records, FilesMadeAgain made, SavesOnTop saves)
    {
        storage.Moved = (site, from, to) =>
        {
            _races.Move(site, from, to);
            _conflicts.Moved(site, from, to);
            made.Moved(site, from, to);
        };
        storage.Placed = (site, path) =>
        {
            records.Placed(site, path);
            _races.Place(site, path);
            saves.Placed(site, path);
        };
    }

    private void WatchCommits(EmptiedChecker emptied, CommitChecker commits, StructureChecker structure) =>
        _history.Committing = row =>
        {
            emptied.Check(row);
            _conflicts.Check(row);
            commits.Check(row);
            structure.Check(row);
            _uselessWork.Commit(row.Changes);
            _order.Check(row);
            _races.Commit(row);
        };

    public Cluster Cluster { get; }
    public Findings Findings { get; }
    public StepFuse Fuse { get; } = new();
    public ConvergenceChecker Convergence { get; }
    public LimitsChecker Limits { get; }

    public void EndFaults()
    {
        _restorations.End();
        _faults.End();
        foreach (var user in Cluster.Users)
            user.RemoveLinks();
    }

    /// <summary>Users write through one name of a file that has several. Returns where; nowhere if there is no such file.</summary>
    public IReadOnlyList<ClientSite> WriteLinked() => [.. Cluster.Users.Where(user => user.WriteLinked()).Select(user => user.Site)];

    public void LinkedFound() => _coverage.Reached(Races.LinkedFound);

    public void CheckAtEnd()
    {
        Limits.CheckSettled();
        Cluster.Server.Look(snapshot => new ContentChecker(_history, Findings, _coverage).Check(snapshot));
        new WritingsChecker(_writings, _history, Findings, _coverage).Check(Cluster.ContentsOnDisks());
    }

    public Coverage CountAll()
    {
        foreach (var user in Cluster.Users)
        {
            foreach (var (kind, count) in user.Begun)
                _coverage.Reached(User.NameOf(kind), count);
            _coverage.Reached("users: steps", user.Steps);
            _coverage.Reached("users: steps between two calls of a node", user.StepsBetweenCalls);
            _coverage.Reached("users: edits that could not be done", user.Failed);
            if (user.Site.Place == PlaceKind.OtherUser)
                _coverage.Reached(Races.DisplacedOfOtherUserWritten, user.Hand.WritesToDisplaced);
        }
        _coverage.Reached("users: contents finished", _writings.Finished);
        _coverage.Reached("server: commits", _history.Commits);
        var network = _world.Network.Counts;
        _coverage.Reached("network: messages lost on living connections", network.MessagesLost);
        _coverage.Reached("network: resets that took bytes along", network.ResetsWithLoss);
        _coverage.Reached("network: writes held by a partition", network.WritesHeldByBlock);
        _coverage.Reached("network: reads of slow receivers", network.SlowReads);
        foreach (var client in Cluster.Clients.Where(client => client.Place != PlaceKind.Whole))
            _coverage.Reached($"place: {client.Place}");
        _coverage.Reached("disk: calls", Cluster.Sites.Sum(site => site.Gate.Calls));
        _coverage.Reached("disk: calls that failed", Cluster.Sites.Sum(site => site.Gate.Failed));
        return _coverage;
    }

    void ISiteObserver.Told(Site site, string line)
    {
        _races.Hear(line);
        _uselessWork.Check(site, line);
        _availability.Hear(site, line);
        if (line.StartsWith("Stopped: ", StringComparison.Ordinal))
            _order.LoseOrder(site);
        if (_world.Trace.IsRead)
            _world.Trace.Add(_world.Now, $"{site.Name} tells: {line}");
    }

    void ISiteObserver.Recorded(Site site, NodeEvent e)
    {
        _races.Record(e);
        _order.Record(site, e);
        _acknowledgements.Check(site, e);
        _refusals.Check(site, e);
    }

    void ISiteObserver.Logged(Site site, LogEvent logEvent)
    {
        if (_world.Trace.IsRead)
            _world.Trace.Add(_world.Now, $"{site.Name} logs: {logEvent.LogSource} {logEvent.Message} {logEvent.Cause?.Message}");
        _races.Hear(logEvent);
        _errors.Check(site, logEvent);
    }

    void ISiteObserver.Starting(Site site)
    {
        if (site is ServerSite)
            _ = _restorations.PutDataBack();
        _uselessWork.Forget(site);
        _conflicts.Start(site);
        _world.Trace.Add(_world.Now, $"{site.Name} starts");
    }

    void ISiteObserver.Ended(Site site, Exception? cause)
    {
        _world.Trace.Add(_world.Now, $"{site.Name} ends: {cause?.Message ?? "killed"}");
        _availability.Check(site, cause);
    }

    /// <summary>What nodes store is looked at when it is stored.</summary>
    private void WatchStores(RecordedStorage storage, CursorChecker cursors, IdentityChecker identities, RecordChecker records)
    {
        var contents = new ContentChecker(_history, Findings, _coverage);
        _history.Lost = _durability.Lose;
        storage.Opened = (site, process, store) =>
        {
            _durability.Open(site, process, store);
            records.Open(site);
        };
        storage.Storing = (site, before, changes) =>
        {
            _durability.Check(site, before, changes);
            records.Check(site, before, changes);
            identities.Check(site, before, changes);
            cursors.Check(site.Name, before, changes);
            if (changes.ForgetAgreement)
                _conflicts.Forget(site);
            _uselessWork.Check(site, changes);
            _races.Store(site, before, changes);
            _records.See(site, changes);
        };
        storage.Committed = (site, store, rows) =>
        {
            if (rows.Count > 0)
                _durability.Check(site);
            contents.Check(store, rows);
            _records.See(site, null);
        };
    }

    private ClientSite? ClientAt(string? machine) => Cluster.Clients.FirstOrDefault(client => client.Name == machine);

    private void Wire(Site site)
    {
        site.Gate.Seen = _outside.Check;
        _disks.Delay(site.Machine);
    }
}
