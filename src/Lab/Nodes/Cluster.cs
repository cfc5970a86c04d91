using System.Text;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;
using Actors.Lab.World;
using Actors.Messages.Content;

namespace Actors.Lab.Nodes;

/// <summary>A server, clients, and a user at each of them.</summary>
internal sealed class Cluster
{
    private readonly NodeSettings _settings;
    private readonly INodeStorage _storage;
    private readonly ISiteObserver _observer;
    private readonly List<ClientSite> _clients = [];
    private readonly List<User> _users = [];

    public Cluster(SimulatedWorld world, RunPlan plan, NodeSettings settings, INodeStorage storage, ISiteObserver observer, Writings writings)
    {
        (World, _settings, _storage, _observer, Writings) = (world, settings, storage, observer, writings);
        world.Network.InitialConditions = (_, _, link) =>
        {
            (link.LatencyMin, link.LatencyMax) = (plan.Network.LatencyMin, plan.Network.LatencyMax);
            (link.TailOneIn, link.TailLatency) = (plan.Network.TailOneIn, plan.Network.TailLatency);
            link.BytesPerSecond = plan.Network.BytesPerSecond;
        };
        Server = new ServerSite(world, settings, storage, observer);
        for (var number = 1; number <= plan.Clients; number++)
        {
            var site = AddClient($"client-{number}", $"machine-{number}", plan.Places[number - 1]);
            MakeReplica(site);
            var user = new User(world, site, writings, plan.Edits.Where(edit => edit.Client == number));
            _users.Add(user);
            PutFiles(user, plan.Files.Where(file => file.Client == number));
        }
    }

    public SimulatedWorld World { get; }
    public Writings Writings { get; }
    public ServerSite Server { get; }
    public IReadOnlyList<ClientSite> Clients => _clients;
    public IReadOnlyList<User> Users => _users;

    public IEnumerable<Site> Sites => [Server, .. _clients];

    /// <summary>0 is the server.</summary>
    public Site Site(int node) => node == 0 ? Server : _clients[node - 1];

    /// <summary>Null: there is no user.</summary>
    public User? UserOf(ClientSite site) => _users.Find(user => user.Site == site);

    /// <summary>What any replica holds under a name that people see.</summary>
    public HashSet<ContentRef> ContentsOnDisks() =>
        [.. _clients.SelectMany(client => VisibleTree.Read(client.Machine, ClientSite.Root).Values).Where(state => state.IsFile).Select(state => state.Content)];

    public ClientSite AddClient(string name, string machineId, PlaceKind place)
    {
        var site = new ClientSite(World, name, machineId, _settings, _storage, _observer) { Place = place };
        _clients.Add(site);
        return site;
    }

    public void Start()
    {
        foreach (var site in Sites)
            site.Start();
    }

    private static void MakeReplica(ClientSite site)
    {
        var hand = site.Machine.Disk.StartProcess("setup");
        hand.MakeDirectory(ClientSite.Home);
        hand.MakeDirectory(ClientSite.Root);
        hand.SyncAll();
        hand.Kill();
    }

    private static void PutLayer(UserHand hand)
    {
        foreach (var directory in RunPlan.LowerLayer)
        {
            hand.MakeDirectory(directory);
            DiskEye.Find(hand.Machine, $"{ClientSite.Root}/{directory}")!.IsOfLowerLayer = true;
            var file = hand.OpenToWrite(directory + "/below.txt", truncate: true);
            hand.Write(file, Encoding.ASCII.GetBytes($"<below {directory}>"));
            hand.Close(file, TimeSpan.Zero, 0);
        }
    }

    private static void PutFiles(User user, IEnumerable<InitialFile> files)
    {
        if (user.Site.Place == PlaceKind.Overlay)
            PutLayer(user.Hand);
        foreach (var file in files)
        {
            var open = user.Hand.OpenToWrite(file.Path, truncate: true);
            user.Hand.Write(open, Encoding.ASCII.GetBytes($"<initial {file.Content}>".PadRight(file.Bytes, '.')));
            user.Hand.Close(open, TimeSpan.Zero, 0);
        }
        // Made long before the run: a loss of power does not take them.
        var hand = user.Hand.Machine.Disk.StartProcess("setup");
        hand.SyncAll();
        hand.Kill();
    }
}
