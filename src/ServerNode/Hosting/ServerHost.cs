using System.Net.Sockets;
using Actors.Hosting;
using Actors.Server.Storage;
using Actors.Server.Storage.Sqlite;

namespace Actors.Server.Hosting;

/// <summary>A running server node: data directory, store, actor system, console; and their end in the right order.</summary>
internal sealed class ServerHost : INodeHost, IAsyncDisposable
{
    public const string SystemName = "Server";

    private readonly DataDirectory _data;
    private readonly IShareStore _store;
    private readonly ActorSystem _system;
    private readonly ConsoleServer? _console;
    private readonly TaskCompletionSource _ended;

    private ServerHost(DataDirectory data, IShareStore store, ActorSystem system, ConsoleServer? console, TaskCompletionSource ended)
    {
        _data = data;
        _store = store;
        _system = system;
        _console = console;
        _ended = ended;
    }

    public Task Ended => _ended.Task;

    /// <summary>Where it listens: with the port that was taken where 0 was asked for.</summary>
    public HostAddress Listen => ServerActors.AddressOf(_system);

    public Uri? ConsoleAddress => _console?.Address;

    /// <exception cref="NodeException">Why the server cannot start.</exception>
    public static async Task<ServerHost> StartAsync(ServerSettings settings, JournalSet journals)
    {
        ShippedActors.Require();
        DataDirectory? data = null;
        SqliteShareStore? store = null;
        ConsoleServer? console = null;
        ActorSystem? system = null;
        try
        {
            data = OpenData(settings);
            store = OpenStore(data, settings);
            var board = new StoryBoard();
            console = settings.Console is { } page ? await ConsoleServer.StartAsync(page, journals.Feed, board) : null;
            system = CreateSystem(settings);
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ServerActors.Start(system, settings, store, new SystemEntropy(), journals.Journal, console is null ? new NoClientStories() : board, data.Path, ended);
            var host = new ServerHost(data, store, system, console, ended);
            journals.Journal.Story($"Listening on {host.Listen}");
            foreach (var warning in settings.Warnings)
                journals.Journal.Story(warning);
            if (console is not null)
                journals.Journal.Story($"The console is at {console.Address}");
            return host;
        }
        catch
        {
            if (system is not null)
                await system.Terminate();
            if (console is not null)
                await console.DisposeAsync();
            store?.Dispose();
            data?.Dispose();
            throw;
        }
    }

    public async Task StopAsync()
    {
        await CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        _ended.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        if (_console is not null)
            await _console.DisposeAsync();
        // After the actors: the last transaction is theirs.
        _store.Dispose();
        _data.Dispose();
    }

    private static DataDirectory OpenData(ServerSettings settings)
    {
        DatabasePath.Check(DataDirectory.DatabaseFileIn(settings.DataDirectory), $"--data {settings.DataDirectory}");
        try
        {
            return DataDirectory.Open(settings.DataDirectory);
        }
        catch (DataDirectoryException fault)
        {
            throw new FailureException(fault.Message, $"--data {settings.DataDirectory}", fault.WhatToDo, fault);
        }
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

    private static ActorSystem CreateSystem(ServerSettings settings)
    {
        try
        {
            return ActorSystem.Create(SystemName, NodeTls.Setup(PlainLogger.Over(settings.Config)));
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
