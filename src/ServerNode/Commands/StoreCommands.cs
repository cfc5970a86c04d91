using System.CommandLine;
using System.Text.Json;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Storage;
using Actors.Server.Storage.Sqlite;

namespace Actors.Server.Commands;

/// <summary>`ServerNode verify` and `ServerNode backup`: commands on a server's data, whether a server runs on it or not.</summary>
internal static class StoreCommands
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    public static NodeCommand Verify()
    {
        var (config, data, asJson) = (NodeOptions.Config("server.conf"), Data(), NodeOptions.Json());
        var command = new NodeCommand(
            "verify", "Reads the log, what is current, and all content that commits name, to the last byte, and says what is not as it was committed.",
            "ServerNode verify", "ServerNode verify --data ./backup-monday", "ServerNode verify --json")
        {
            config, data, asJson,
        };
        command.SetAction((parsed, _) =>
        {
            var settings = ServerSettings.Load(parsed.GetValue(config), null, null, parsed.GetValue(data));
            return Task.FromResult(Verify(settings.DataDirectory, parsed.InvocationConfiguration, parsed.GetValue(asJson)));
        });
        return command;
    }

    public static NodeCommand Backup()
    {
        var directory = new Argument<string>("DIR") { Description = "The directory of the backup" };
        var restore = new Option<bool>("--restore") { Description = "The other way: make the server's data anew from the backup" };
        var (config, data, asJson) = (NodeOptions.Config("server.conf"), Data(), NodeOptions.Json());
        var command = new NodeCommand(
            "backup", "Copies all that a server keeps to a new directory, as it is at one moment; the server may be running.",
            "ServerNode backup ./backup-monday", "ServerNode backup ./backup-monday --restore --data ./server-data")
        {
            directory, restore, config, data, asJson,
        };
        command.SetAction((parsed, _) =>
        {
            var settings = ServerSettings.Load(parsed.GetValue(config), null, null, parsed.GetValue(data));
            var backup = parsed.GetValue(directory)!;
            var console = parsed.InvocationConfiguration;
            var shares = parsed.GetValue(restore)
                ? Restore(backup, settings.DataDirectory, console.Error)
                : Backup(settings.DataDirectory, backup, console.Error);
            console.Output.WriteLine(parsed.GetValue(asJson)
                ? JsonSerializer.Serialize(new { shares = shares.Select(share => new { name = share.Name, version = share.Head.Seq, epoch = share.Head.Epoch.ToString() }) })
                : string.Join('\n', shares.Select(share => $"Share {share.Name}: version {share.Head.Seq}, epoch {share.Head.Epoch}")));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Option<string?> Data() => new("--data") { Description = "The directory with all that the server remembers [./server-data]", HelpName = "DIR" };

    private static int Verify(string data, InvocationConfiguration console, bool asJson) => Guarded(data, () =>
    {
        using var file = StoreFile.Open(DataDirectory.DatabaseFileIn(data));
        var findings = file.Damage().Select(damage => $"the database file is damaged: {damage}").ToList();
        using var snapshot = file.Snapshot();
        var progress = new Progress(console.Error);
        var check = new StoreCheck(snapshot, now => progress.Tell(() => $"{Counted.Of(now.Commits, "commit")}, {Mebibytes(now.ContentBytes)} of content"));
        try
        {
            foreach (var finding in check.Findings())
                findings.Add(finding);
        }
        catch (StoreCorruptException fault)
        {
            findings.Add($"what comes after {Counted.Of(check.Commits, "commit")} was not read: {fault.Message}");
        }
        if (asJson)
        {
            console.Output.WriteLine(JsonSerializer.Serialize(new
            {
                commits = check.Commits,
                paths = check.Paths,
                contents = check.Contents,
                content_bytes = check.ContentBytes,
                findings,
            }));
        }
        else
        {
            findings.ForEach(finding => console.Output.WriteLine($"DAMAGED: {finding}"));
            console.Output.WriteLine($"{Counted.Of(check.Commits, "commit")}, {Counted.Of(check.Paths, "path")} and {Counted.Of(check.Contents, "content")} with {Mebibytes(check.ContentBytes)} were read; {Counted.Of(findings.Count, "finding")}");
        }
        return findings.Count == 0
            ? ExitCodes.Success
            : throw new FailureException("what the server keeps is damaged", data, "end the server, move its data away, and put a backup back: ServerNode backup DIR --restore");
    });

    private static IReadOnlyList<(string Name, ShareHead Head)> Backup(string data, string directory, TextWriter error) => Guarded(data, () =>
    {
        using var file = StoreFile.Open(DataDirectory.DatabaseFileIn(data));
        return Copy(file, directory, "name a new directory", error, _ => { });
    });

    /// <summary>What clients have seen and the backup has not is lost: each share begins a new epoch, in which nothing counts as deleted because it is missing.</summary>
    private static IReadOnlyList<(string Name, ShareHead Head)> Restore(string backup, string data, TextWriter error) => Guarded(backup, () =>
    {
        using var file = StoreFile.Open(DataDirectory.DatabaseFileIn(backup));
        DatabasePath.Check(DataDirectory.DatabaseFileIn(data), $"--data {data}");
        using var held = DataDirectory.Open(data);
        return Copy(file, data, "move all of it away, or name another directory with --data", error, BeginEpochs);
    });

    private static IReadOnlyList<(string Name, ShareHead Head)> Copy(StoreFile file, string directory, string ifTaken, TextWriter error, Action<string> prepare)
    {
        var target = DataDirectory.DatabaseFileIn(directory);
        var progress = new Progress(error);
        try
        {
            Directory.CreateDirectory(directory);
            // A write-ahead log without its database would be taken for a part of the copy.
            if (StoreFile.IsAnyOf(target))
                throw new FailureException("there is a backup already, or the data of a server", directory, ifTaken);
            file.CopyTo(target, written => progress.Tell(() => $"{Mebibytes(written)} written"), prepare);
        }
        catch (Exception fault) when (fault is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"the copy cannot be written: {fault.Message}", directory, "name a directory that can be written, on a disk with room for it", fault);
        }
        using var copy = StoreFile.Open(target);
        using var snapshot = copy.Snapshot();
        return [.. snapshot.Shares().Select(share => (share.Name, snapshot.Head(share.Id)))];
    }

    private static void BeginEpochs(string file)
    {
        using var store = SqliteShareStore.Open(file);
        using var transaction = store.Begin();
        foreach (var share in transaction.Shares())
            transaction.PutEpoch(share.Id, new EpochRow(ShareLedger.DrawEpoch(new SystemEntropy()), transaction.Head(share.Id).Seq));
        transaction.Commit();
    }

    /// <summary>Says what is wrong with the data that is read.</summary>
    private static T Guarded<T>(string directory, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StoreUnavailableException fault)
        {
            throw new FailureException(fault.Message, directory, "name the directory with a server's data, or with a backup of it, that you may read and write", fault);
        }
        catch (StoreCorruptException fault)
        {
            throw new FailureException(fault.Message, directory, "use an older backup: ServerNode backup DIR --restore", fault);
        }
    }

    private static string Mebibytes(long bytes) => FormattableString.Invariant($"{bytes / 1048576.0:0.0} MiB");

    /// <summary>Tells people how far long work is; a file gets only what comes of it.</summary>
    private sealed class Progress(TextWriter error)
    {
        private long _toldNs = BootTimeProvider.Instance.MonotonicNanoseconds();

        public void Tell(Func<string> text)
        {
            var nowNs = BootTimeProvider.Instance.MonotonicNanoseconds();
            if (Console.IsErrorRedirected || nowNs - _toldNs < TellEvery.Ticks * TimeSpan.NanosecondsPerTick)
                return;
            _toldNs = nowNs;
            error.WriteLine(text());
        }
    }
}
