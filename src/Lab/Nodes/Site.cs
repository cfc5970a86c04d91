using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.NodeShell;

namespace Actors.Lab.Nodes;

/// <summary>A machine with a node on it, and what starts that node again when it has ended, as a service manager does.</summary>
internal abstract class Site
{
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromSeconds(2);

    private int _starts;

    protected Site(SimulatedWorld world, string name, ISiteObserver observer)
    {
        World = world;
        Name = name;
        Observer = observer;
        Machine = world.AddMachine(name);
        Gate = new NodeGate(this, world);
    }

    public SimulatedWorld World { get; }
    public string Name { get; }
    public ISiteObserver Observer { get; }
    public Machine Machine { get; }
    public NodeGate Gate { get; }

    /// <summary>Null while the node is down.</summary>
    public MachineProcess? Process { get; private set; }

    public bool IsUp => Process is not null;

    /// <summary>Whether the node is meant to run now.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Starts the node, now and whenever it has ended by itself.</summary>
    public void Start()
    {
        IsWanted = true;
        if (Process is not null || !Machine.HasPower)
            return;
        var process = Process = Machine.StartProcess($"{Name}.{++_starts}", Gate, e => Observer.Logged(this, e));
        Observer.Starting(this);
        try
        {
            process.Run(() => StartNode(process));
        }
        catch (ProcessKilledException) when (!process.IsRunning)
        {
        }
        catch (Exception e) when (IsExpected(e))
        {
            EndedByItself(process, e);
        }
    }

    /// <summary>Ends the process at once. It does not start again by itself.</summary>
    public void Kill()
    {
        IsWanted = false;
        if (Process is not { } process)
            return;
        Process = null;
        process.Kill();
        Observer.Ended(this, null);
    }

    /// <summary>The power is gone. Neither it nor the node comes back by itself.</summary>
    public PowerLoss LosePower()
    {
        IsWanted = false;
        var had = Process is not null;
        Process = null;
        var loss = Machine.LosePower();
        if (had)
            Observer.Ended(this, null);
        return loss;
    }

    /// <summary>Stops the node in order.</summary>
    public void Stop()
    {
        IsWanted = false;
        if (Process is not { } process)
            return;
        process.Run(() => _ = StopAsync(process));
    }

    /// <summary>Opens storage and starts actors, in the process.</summary>
    protected abstract void StartNode(MachineProcess process);

    protected abstract Task StopNodeAsync();

    /// <summary>Why a start may fail without being a mistake.</summary>
    protected abstract bool IsExpected(Exception e);

    private async Task StopAsync(MachineProcess process)
    {
        await StopNodeAsync();
        if (Process != process)
            return;
        Process = null;
        process.Kill();
        Observer.Ended(this, null);
        // A start was asked for while it was stopping. Not from within the process that has just ended.
        if (IsWanted)
            World.Schedule(TimeSpan.Zero, Start);
    }

    /// <summary>The node cannot go on: it is started again, later.</summary>
    protected void EndedByItself(MachineProcess process, Exception cause)
    {
        if (Process != process)
            return;
        Process = null;
        process.Kill();
        Observer.Ended(this, cause);
        World.Schedule(StartAgainAfter, () =>
        {
            if (IsWanted)
                Start();
        });
    }
}

/// <summary>Sees what nodes do and say.</summary>
internal interface ISiteObserver
{
    void Told(Site site, string line);

    void Recorded(Site site, NodeEvent e);

    void Logged(Site site, LogEvent logEvent);

    /// <summary>A node's process begins; its storage is not open yet.</summary>
    void Starting(Site site);

    /// <summary>A node's process has ended: by a fault, or because the node could not go on.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="cause">What the node said; null: it was made to end.</param>
    void Ended(Site site, Exception? cause);
}

/// <summary>A node's journal: its story also goes where a real node's goes, its history to the observer of the run.</summary>
internal sealed class SiteJournal(Site site, StoryFeed feed) : INodeJournal
{
    private long _told;
    private string? _last;

    public void NameNode(string node)
    {
    }

    public void Narrate(string line)
    {
        if (line == _last && line.StartsWith(StoryLines.NoModifications, StringComparison.Ordinal))
            return;
        _last = line;
        site.Observer.Told(site, line);
        feed.Narrate(new StoryLine(++_told, site.Machine.Clock.Now, line));
    }

    public void Record(NodeEvent e) => site.Observer.Recorded(site, e);
}
