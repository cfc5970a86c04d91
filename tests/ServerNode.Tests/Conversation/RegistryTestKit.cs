using Actors.Messages.History;
using Actors.NodeShell;
using Actors.Server.Commands;
using Actors.Server.Registry;
using Actors.Server.Storage.Sqlite;
using Xunit.Abstractions;

namespace Actors.Server.Tests.Conversation;

/// <summary>A registry on a store in a temporary directory, with clients that the test plays.</summary>
public abstract class RegistryTestKit : TestKit
{
    private readonly TemporaryDirectory _directory = new();

    protected RegistryTestKit(ITestOutputHelper output, string config = "")
        : base(ConfigurationFactory.ParseString(config).WithFallback(ServerConfig), "Server", output)
    {
        Store = new FaultyStore(SqliteShareStore.Open(_directory.File("server.db")));
        using (var transaction = Store.Begin())
        {
            transaction.AddShare("default", new EpochId(1));
            transaction.Commit();
        }
        var settings = new RegistrySettings(Store, new SystemEntropy(), Journal)
        {
            ListenAddress = "127.0.0.1:0",
            DataDirectory = _directory.Path,
        };
        Registry = Sys.ActorOf(Props.Create(() => new FileRegistryActor(settings)), "registry");
    }

    internal static TimeSpan Patience => TimeSpan.FromSeconds(10);

    internal FaultyStore Store { get; }

    internal QuietJournal Journal { get; } = new();

    internal IActorRef Registry { get; }

    private static Config ServerConfig =>
        ConfigurationFactory.ParseString("akka.actor.provider = local").WithFallback(ServerSettings.Load(null, null, null, null).Config);

    internal Puppet Client(uint id) => new(this, id);

    protected override void AfterAll()
    {
        base.AfterAll();
        Store.Dispose();
        _directory.Dispose();
    }
}
