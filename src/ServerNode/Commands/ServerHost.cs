using System.Net.Sockets;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Registry;
using Actors.Server.Storage;
using Actors.Server.Storage.Sqlite;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Server.Commands;

/// <summary>A running server node: a host with its data, its actors and its console.</summary>
internal sealed class ServerHost : INodeHost, IAsyncDisposable
{
    public const string SystemName = "Server";

    private readonly IHost _host;
    private readonly TaskCompletionSource _ended;

    private ServerHost(IHost host, TaskCompletionSource ended)
    {
        _host = host;
        _ended = ended;
    }

    public Task Ended => _ended.Task;

    /// <summary>Where it listens: with the port that was taken where 0 was asked for.</summary>
    public HostAddress Listen => ServerActors.AddressOf(_host.Services.GetRequiredService<ActorSystem>());

    public Uri? ConsoleAddress => ConsoleServer.AddressOf(_host);

    /// <exception cref="NodeException">Why the server cannot start.</exception>
    public static async Task<ServerHost> StartAsync(ServerSettings settings, JournalSet journals)
    {
        ShippedActors.Require();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = new ServerHost(Build(settings, journals, ended), ended);
        try
        {
            await host.StartAsync(settings);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        journals.Journal.Narrate($"Listening on {host.Listen}");
        foreach (var warning in settings.Warnings)
            journals.Journal.Narrate(warning);
        if (host.ConsoleAddress is { } console)
            journals.Journal.Narrate($"The console is at {console}");
        return host;
    }

    public async Task StopAsync()
    {
        await _host.StopAsync();
        _ended.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        // A start that failed halfway has actors too: they end before the store does.
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static IHost Build(ServerSettings settings, JournalSet journals, TaskCompletionSource ended)
    {
        var builder = NodeHost.CreateBuilder(settings.Config);
        var board = settings.Console is null ? null : new StoryBoard();
        if (board is not null)
        {
            journals.Feed.Subscribe(board.Told);
            builder.UseConsole(settings.Console!.Value, board);
        }
        return builder.ConfigureServices(services => services
            .AddSingleton(_ => OpenData(settings))
            .AddSingleton<IShareStore>(provider => OpenStore(provider.GetRequiredService<DataDirectory>(), settings))
            .AddAkka(SystemName, (akka, provider) =>
            {
                // Opened before the actor system, and closed after it: the last transaction is the actors'.
                var store = provider.GetRequiredService<IShareStore>();
                akka.WithNode(settings.Config).WithActors((system, registry) => registry.Register<FileRegistryActor>(
                    ServerActors.Start(system, settings, store, new SystemEntropy(), journals.Journal, board, provider.GetRequiredService<DataDirectory>().Path, ended)));
            })).Build();
    }

    private async Task StartAsync(ServerSettings settings)
    {
        try
        {
            // Akka.Hosting would print with its stack trace what hinders it.
            _ = _host.Services.GetRequiredService<ActorSystem>();
        }
        catch (Exception fault) when (Cause<SocketException>(fault) is { } socket)
        {
            throw new FailureException(
                $"the server cannot listen on {settings.Listen}: {socket.Message}", $"--listen {settings.Listen}", "end what uses the port (another server?), or give another one", fault);
        }
        catch (Exception fault) when (Cause<ConfigurationException>(fault) is { } configuration)
        {
            throw new UsageException(configuration.Message, "--config", "compare it with the commented defaults in hocon/server.conf", fault);
        }
        try
        {
            await _host.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new FailureException($"the console cannot listen: {fault.Message}", $"--console {settings.Console}", "end what uses the port, or give another one, or off", fault);
        }
    }

    private static DataDirectory OpenData(ServerSettings settings)
    {
        DatabasePath.Check(DataDirectory.DatabaseFileIn(settings.DataDirectory), $"--data {settings.DataDirectory}");
        return DataDirectory.Open(settings.DataDirectory);
    }

    private static SqliteShareStore OpenStore(DataDirectory data, ServerSettings settings)
    {
        SqliteShareStore? store = null;
        try
        {
            store = SqliteShareStore.Open(data.DatabaseFile, settings.DatabaseCacheKiB, settings.DiskReserveBytes);
            StorePreparation.Prepare(store, settings, new SystemEntropy());
            return store;
        }
        catch (StoreUnavailableException fault)
        {
            store?.Dispose();
            throw new FailureException($"the server cannot write its data: {fault.Message}", $"--data {settings.DataDirectory}", "make room on the disk, or name another directory", fault);
        }
        catch (StoreCorruptException fault)
        {
            store?.Dispose();
            throw new FailureException($"the server's data cannot be used: {fault.Message}", data.DatabaseFile, "restore it from a backup: clients notice that, and nothing of theirs is lost", fault);
        }
    }

    private static T? Cause<T>(Exception fault)
        where T : Exception
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
            if (cause is AggregateException many && many.InnerExceptions.Select(Cause<T>).FirstOrDefault(each => each is not null) is { } inner)
                return inner;
        }
        return null;
    }
}

/// <summary>The actors of a server node: the registry, who tells when it ends, and its part in the shutdown.</summary>
internal static class ServerActors
{
    /// <param name="system">Where they live.</param>
    /// <param name="settings">The server's.</param>
    /// <param name="store">Prepared; the caller closes it after the system has ended.</param>
    /// <param name="entropy">For epochs.</param>
    /// <param name="journal">Where the server tells what it does.</param>
    /// <param name="board">Where clients' stories go; null: there is no console.</param>
    /// <param name="dataDirectory">For people.</param>
    /// <param name="ended">Faulted where the registry ends by itself.</param>
    /// <returns>The registry.</returns>
    public static IActorRef Start(
        ActorSystem system, ServerSettings settings, IShareStore store, IEntropy entropy, INodeJournal journal,
        StoryBoard? board, string dataDirectory, TaskCompletionSource ended)
    {
        var registrySettings = new RegistrySettings(store, entropy, journal)
        {
            Limits = settings.Limits,
            KeepUploads = settings.KeepUploads,
            Board = board,
            ListenAddress = AddressOf(system).ToString(),
            DataDirectory = dataDirectory,
        };
        var registry = system.ActorOf(Props.Create(() => new FileRegistryActor(registrySettings)).WithMailbox(OutsideMailbox.Path), "registry");
        system.ActorOf(Props.Create(() => new EndWatchActor(registry, ended)), "end-watch");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "registry", async () =>
        {
            await registry.Ask<RegistryStopped>(StopRegistry.Instance, TimeSpan.FromSeconds(1.5));
            return Done.Instance;
        });
        return registry;
    }

    public static HostAddress AddressOf(ActorSystem system)
    {
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        return new HostAddress(address.Host ?? "127.0.0.1", address.Port ?? 0);
    }
}

/// <summary>A node without its registry is no node: tells the process that it ended by itself.</summary>
internal sealed class EndWatchActor : ReceiveActor
{
    public EndWatchActor(IActorRef registry, TaskCompletionSource ended)
    {
        Context.Watch(registry);
        var stopping = CoordinatedShutdown.Get(Context.System);
        Receive<Terminated>(_ =>
        {
            if (stopping.ShutdownReason is null)
                ended.TrySetException(new FailureException("the server cannot go on", "registry", "see the error that was logged before"));
        });
    }
}

/// <summary>What happens to a store before a client is admitted: missing shares are made, and the end of each chain is checked.</summary>
internal static class StorePreparation
{
    public static void Prepare(IShareStore store, ServerSettings settings, IEntropy entropy)
    {
        using var transaction = store.Begin();
        var shares = transaction.Shares();
        foreach (var name in settings.Shares)
        {
            if (shares.All(share => share.Name != name))
                transaction.AddShare(name, ShareLedger.DrawEpoch(entropy));
        }
        foreach (var share in transaction.Shares())
            ChainCheck.Verify(transaction, share);
        transaction.Commit();
    }
}
