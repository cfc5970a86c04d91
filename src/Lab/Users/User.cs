using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Users;

/// <summary>A person or a program that works in a replica, and takes no notice of any node.</summary>
internal sealed class User
{
    // How much earlier than planned an edit may begin, in the middle of what the node is doing.
    private static readonly TimeSpan Haste = TimeSpan.FromSeconds(1);
    private const int StepOneIn = 5;

    private readonly SimulatedWorld _world;
    private readonly ClientSite _site;
    private readonly Queue<PlannedEdit> _edits;
    private readonly List<Work> _works = [];
    private readonly SeededRandomSource _random;
    private readonly EditScripts _scripts;
    private bool _isAway;

    public User(SimulatedWorld world, ClientSite site, Writings writings, IEnumerable<PlannedEdit> edits)
    {
        _world = world;
        _site = site;
        _random = new SeededRandomSource(world.Random.NextUInt64());
        Hand = new UserHand(site.Machine, site.Place == PlaceKind.OtherUser ? 1 : 0, writings);
        _scripts = new EditScripts(Hand, () => world.Now);
        _edits = new Queue<PlannedEdit>(edits);
        foreach (var edit in _edits)
            world.Schedule(edit.At, () => BeginUntil(edit));
        site.Gate.Between = Between;
    }

    public static string NameOf(EditKind kind) => $"edit: {kind}";

    public ClientSite Site => _site;

    public UserHand Hand { get; }

    public long Steps { get; private set; }

    /// <summary>Edits that were begun.</summary>
    public Dictionary<EditKind, long> Begun { get; } = [];

    /// <summary>Steps that fell between two calls of the node.</summary>
    public long StepsBetweenCalls { get; private set; }

    /// <summary>Edits that could not be done: the file was not there, the disk was full, the power went.</summary>
    public long Failed { get; private set; }

    /// <summary>Carries out each step, and may look before and after it.</summary>
    public Action<ClientSite, Action> Watch { get; set; } = (_, step) => step();

    public bool IsAway => _isAway;

    public bool IsBusy => _works.Count > 0;

    /// <summary>Whatever the user was doing ends here: the power is gone, or the replica is another one.</summary>
    public void Abandon()
    {
        Hand.Kill();
        Failed += _works.Count;
        foreach (var work in _works)
            work.Script.Dispose();
        _works.Clear();
    }

    /// <summary>Nothing is done here until <see cref="ComeBack"/>.</summary>
    public void GoAway()
    {
        Abandon();
        _isAway = true;
    }

    public void ComeBack() => _isAway = false;

    /// <summary>Writes through one name of a file that has several and that no process has open for writing; false: none.</summary>
    public bool WriteLinked()
    {
        if (Hand.FindLinked() is not { } path)
            return false;
        Watch(_site, () => _scripts.WriteOver(path, "<through one name>", 0));
        return true;
    }

    /// <summary>What no node can sync is taken away.</summary>
    public void RemoveLinks()
    {
        foreach (var path in Hand.FilesBelow("").Where(path => path.EndsWith(".link", StringComparison.Ordinal)).ToList())
            Hand.Delete(path);
    }

    private void BeginUntil(PlannedEdit edit)
    {
        // It may have begun already; and whatever was to begin before it has.
        if (_edits.TryPeek(out var next) && next == edit)
            Begin(_edits.Dequeue());
    }

    private void Begin(PlannedEdit edit)
    {
        if (_isAway || !_site.Machine.HasPower)
        {
            Failed++;
            return;
        }
        _world.Trace.Add(_world.Now, edit.ToString());
        Begun[edit.Kind] = Begun.GetValueOrDefault(edit.Kind) + 1;
        var work = new Work(edit, _scripts.Of(edit).GetEnumerator());
        _works.Add(work);
        Step(work);
    }

    /// <summary>From the node's gate.</summary>
    private void Between()
    {
        var isSoon = _edits.TryPeek(out var next) && next.At - _world.Now < Haste;
        if ((_works.Count == 0 && !isSoon) || _random.Next(StepOneIn) != 0)
            return;
        var chosen = _random.Next(_works.Count + (isSoon ? 1 : 0));
        // These keep their pace: the edits of a burst are to travel one by one, and the others are to be written after they were read.
        if (chosen < _works.Count && _works[chosen].Edit.Kind is EditKind.Burst or EditKind.Juggle or EditKind.KeepMapped or EditKind.KeepOpen)
            return;
        StepsBetweenCalls++;
        if (chosen < _works.Count)
            Step(_works[chosen]);
        else
            Begin(_edits.Dequeue());
    }

    private void Step(Work work) => Watch(_site, () => Take(work));

    private void Take(Work work)
    {
        Steps++;
        try
        {
            if (work.Script.MoveNext())
            {
                var turn = ++work.Turn;
                _world.Schedule(work.Script.Current, () =>
                {
                    if (work.Turn == turn && _works.Contains(work))
                        Step(work);
                });
                return;
            }
        }
        catch (DiskException e)
        {
            _world.Trace.Add(_world.Now, $"edit {work.Edit.Number} fails: {e.Error}");
            Failed++;
        }
        work.Script.Dispose();
        _works.Remove(work);
    }

    private sealed class Work(PlannedEdit edit, IEnumerator<TimeSpan> script)
    {
        public PlannedEdit Edit => edit;
        public IEnumerator<TimeSpan> Script => script;
        public int Turn { get; set; }
    }
}
