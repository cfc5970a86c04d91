using System.Text;
using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>How a replica stands, in words and as JSON.</summary>
internal static class StatusText
{
    private const int PathsNamed = 20;

    public static ControlReply Of(
        ConnectionSettings settings, string replica, ConnectionActor.ConnectionAnswer link, CacheActor.StatusAnswer status, IReadOnlyList<string> stuckCalls)
    {
        var report = status.Report;
        var text = new StringBuilder();
        var name = link.Name ?? status.GivenName;
        text.AppendLine($"{name ?? "Not welcomed yet"}, share {settings.Share}, replica {replica}");
        text.AppendLine(link.IsConnected ? $"connected with {settings.Server}" : $"no connection with {settings.Server}");
        var stopped = status.StoppedBecause ?? link.Failure;
        if (stopped is not null)
            text.AppendLine($"STOPPED: {stopped}");
        if (link.Trouble is { } trouble)
            text.AppendLine($"Warning: {trouble}");
        foreach (var call in stuckCalls)
            text.AppendLine($"Warning: the disk does not answer: {call}");
        text.AppendLine($"{Counted.Of(report.Files, "file")}, {Counted.Of(report.Folders, "folder")}; at commit {report.Cursor} of {report.Head}; {Pushes(report)} open");
        NamePending(text, "", report);
        // Where it is so of the whole file system, a warning says it.
        if (status.Traits.KnowsWriters)
            Name(text, "cannot tell who writes", [.. report.WritersUnknown.Select(path => $"{path}: another user's file; it is pushed when it was left alone for a moment")], report.WritersUnknownCount);
        Name(text, "kept aside", [.. report.Displaced.Select(path => $"{path}: what an update has displaced may still be written; if it is, it becomes a copy")], report.Displaced.Count);
        if (status.Unnameable > 0)
            text.AppendLine($"held: {Counted.Of(status.Unnameable, "name")} that cannot be written down");
        var warnings = PlaceWarnings.Of(replica, status.Traits).ToArray();
        foreach (var warning in warnings)
            text.AppendLine(warning);
        var json = new
        {
            name,
            number = link.Number,
            replica,
            share = settings.Share,
            server = settings.Server.ToString(),
            connected = link.IsConnected,
            stopped,
            epoch = status.Position?.Epoch.ToString(),
            cursor = report.Cursor,
            head = report.Head,
            files = report.Files,
            folders = report.Folders,
            pushes_open = report.PushesOpen,
            overdue = report.Overdue,
            overdue_count = report.OverdueCount,
            trouble = link.Trouble,
            stuck_calls = stuckCalls,
            unsent = Texts(report.Unsent),
            unsent_count = report.UnsentCount,
            behind = Texts([.. report.Behind, .. report.HeldBack]),
            behind_count = report.BehindCount + report.HeldBackCount,
            held = Held(report),
            held_count = report.HeldCount,
            writers_unknown = Texts(report.WritersUnknown),
            displaced = Texts(report.Displaced),
            unnameable = status.Unnameable,
            file_system = status.Traits.Name,
            warnings,
        };
        return ControlDesk.Reply(true, text.ToString().TrimEnd(), json);
    }

    public static ControlReply Of(ConnectionSettings settings, CacheActor.SyncAnswer answer)
    {
        var report = answer.Report;
        var json = new
        {
            synced = answer.IsDone,
            connected = answer.IsConnected,
            stopped = answer.StoppedBecause,
            cursor = report.Cursor,
            head = report.Head,
            pushes_open = report.PushesOpen,
            unsent = Texts(report.Unsent),
            unsent_count = report.UnsentCount,
            behind = Texts([.. report.Behind, .. report.HeldBack]),
            behind_count = report.BehindCount + report.HeldBackCount,
            held = Held(report),
            held_count = report.HeldCount,
        };
        var text = new StringBuilder();
        if (answer.IsDone)
        {
            text.AppendLine($"In sync with {settings.Server} at commit {report.Cursor}");
            NameHeld(text, "", report);
            return ControlDesk.Reply(true, text.ToString().TrimEnd(), json);
        }
        text.AppendLine("Not in sync:");
        if (answer.StoppedBecause is { } reason)
            text.AppendLine($"  stopped: {reason}");
        if (!answer.IsConnected)
            text.AppendLine($"  no connection with {settings.Server}");
        if (report.PushesOpen > 0)
            text.AppendLine($"  {Pushes(report)} without an outcome");
        NamePending(text, "  ", report);
        return ControlDesk.Reply(false, text.ToString().TrimEnd(), json);
    }

    private static string Pushes(ReplicaReport report) => Counted.Of(report.PushesOpen, "push", "pushes");

    private static void NamePending(StringBuilder text, string indent, ReplicaReport report)
    {
        Name(text, indent + "no outcome yet", report.Overdue, report.OverdueCount);
        Name(text, indent + "not committed yet", Texts(report.Unsent), report.UnsentCount);
        Name(text, indent + "not up to date", Texts(report.Behind), report.BehindCount);
        NameHeld(text, indent, report);
    }

    private static void NameHeld(StringBuilder text, string indent, ReplicaReport report) =>
        Name(text, indent + "held", [.. report.Held.Select(held => $"{held.Key}: {held.Value}")], report.HeldCount);

    private static void Name(StringBuilder text, string what, IReadOnlyList<string> some, int count)
    {
        foreach (var each in some.Take(PathsNamed))
            text.AppendLine($"{what}: {each}");
        if (count > PathsNamed)
            text.AppendLine($"{what}: and {count - PathsNamed} more");
    }

    private static string[] Texts(IEnumerable<RelativePath> paths) => [.. paths.Select(path => path.ToString())];

    private static object[] Held(ReplicaReport report) =>
        [.. report.Held.Select(held => (object)new { path = held.Key.ToString(), reason = held.Value })];
}

/// <summary>What users should know of the place where a replica lies, one line each.</summary>
internal static class PlaceWarnings
{
    public static IEnumerable<string> Of(string directory, FileSystemTraits traits)
    {
        var name = traits.Name;
        if (traits.IsNetwork)
            yield return $"Warning: {directory} is on a network file system ({name}): changes made by other machines are found by scans only";
        if (!traits.ExchangesNames && !traits.ReplacesWithBackup)
            yield return $"Warning: the file system {name} cannot exchange files in one step: a file that is updated is missing for an instant";
        if (!traits.RenamesWithoutReplacing)
            yield return $"Warning: the file system {name} cannot give a name only where it is free: a file that a program makes at the very moment of an update can be lost";
        if (!traits.KnowsWriters)
            yield return $"Warning: the file system {name} does not tell who is writing a file: files are pushed when they were left alone for a moment, and what updates displace is kept for a while";
        if (!traits.NumbersFiles)
            yield return $"Warning: the file system {name} does not number files: a copy of this replica on this machine is noticed only when both run";
        if (!traits.FlushesNames)
            yield return $"Warning: names in the file system {name} become durable at a time that the system chooses: after power loss an older state of a file can travel as an edit";
        if (!traits.NamesAreBytes)
            yield return $"Warning: names in the file system {name} are text: files that others gave other names are listed by status and not kept here";
        for (var above = Path.GetDirectoryName(directory); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(Path.Combine(above, ReplicaLayout.StateFile)))
                yield return $"Warning: {directory} lies inside another replica, {above}, which leaves this directory alone from now on";
        }
    }
}
