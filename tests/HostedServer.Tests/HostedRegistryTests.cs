using Actors.Messages;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Actors.Server.Commands;
using Actors.Server.Registry;
using Actors.Server.Storage;
using Actors.Server.Storage.Sqlite;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace HostedServer.Tests;

/// <summary>
/// How an actor of a node is tested with Akka.Hosting's test kit: the actors start in a host as they do in the server's
/// process, and the test gets hold of them by their types.
/// </summary>
public sealed class HostedRegistryTests : Akka.Hosting.TestKit.TestKit
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-hosted-").FullName;
    private readonly ServerSettings _settings;

    public HostedRegistryTests() => _settings = ServerSettings.Load(null, "127.0.0.1:0", "off", _directory);

    protected override Config Config => _settings.Config;

    protected override void ConfigureServices(HostBuilderContext context, IServiceCollection services) =>
        services.AddSingleton<IShareStore>(_ =>
        {
            var store = SqliteShareStore.Open(Path.Combine(_directory, "test.db"), _settings.DatabaseCacheKiB);
            StorePreparation.Prepare(store, _settings, new SystemEntropy());
            return store;
        });

    protected override void ConfigureAkka(AkkaConfigurationBuilder builder, IServiceProvider provider) =>
        builder.WithActors((system, registry) => registry.Register<FileRegistryActor>(ServerActors.Start(
            system, _settings, provider.GetRequiredService<IShareStore>(), new SystemEntropy(), new NodeJournal(BootTimeProvider.Instance, "Server", [], null),
            null, _directory, new TaskCompletionSource())));

    protected override async Task AfterAllAsync()
    {
        await base.AfterAllAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task The_registry_welcomes_who_joins()
    {
        var registry = await Host.Services.GetRequiredService<IRequiredActor<FileRegistryActor>>().GetAsync(TestContext.Current.CancellationToken);
        var self = TestActor.Path.ToSerializationFormat();
        var join = new JoinRequest(new NodeInstance(new NodeId(1), 1, 1), 1, "default", null) { Cache = self, Watcher = self, Transfer = self };

        registry.Tell(join.ToMessage(), TestActor);

        var welcome = await ExpectMsgAsync<Welcome>(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("Client 1", welcome.Name);
    }
}
