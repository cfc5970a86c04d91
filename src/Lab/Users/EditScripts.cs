using System.Text;
using Actors.Lab.Plans;
using Actors.Messages;

namespace Actors.Lab.Users;

/// <summary>Each edit as steps, between which anything may happen. A step says how long the user takes until the next.</summary>
internal sealed class EditScripts(UserHand hand, Func<TimeSpan> now)
{
    // In time for what became of the save before.
    private static readonly TimeSpan JugglePause = TimeSpan.FromMilliseconds(300);

    public IEnumerable<TimeSpan> Of(PlannedEdit edit) => edit.Kind switch
    {
        EditKind.TruncateAndWrite => Write(edit, edit.Path, truncate: true),
        EditKind.ReplaceByRename => ReplaceByRename(edit),
        EditKind.BackupAndWrite => BackupAndWrite(edit),
        EditKind.WriteInPlace => WriteInPlace(edit),
        EditKind.Append or EditKind.KeepLog or EditKind.KeepOpen => Write(edit, edit.Path, truncate: false),
        EditKind.Delete => Once(() => hand.Delete(edit.Path)),
        EditKind.Rename => Rename(edit),
        EditKind.RenameDirectory => Once(() => hand.Rename(edit.Path, edit.Other)),
        EditKind.SwapDirectories => SwapDirectories(edit),
        EditKind.DeleteDirectory => Once(() => hand.DeleteTree(edit.Path)),
        EditKind.MakeDirectory => Once(() => hand.MakeDirectory(edit.Path)),
        EditKind.ChangeKind => ChangeKind(edit),
        EditKind.Burst => Burst(edit),
        EditKind.Blink => Blink(edit),
        EditKind.Juggle => Juggle(edit),
        EditKind.WriteBlocks => Write(edit, edit.Path, truncate: true, Blocks(edit)),
        EditKind.PointToNew => PointToNew(edit),
        EditKind.KeepMapped => KeepMapped(edit),
        EditKind.WriteLinked => WriteLinked(edit),
        EditKind.Unpack => Unpack(edit),
        _ => Once(() => hand.MakeLink(edit.Path + ".link", "/home/outside")),
    };

    private IEnumerable<TimeSpan> Write(PlannedEdit edit, string path, bool truncate, IEnumerable<ReadOnlyMemory<byte>>? pieces = null)
    {
        hand.MakeDirectory(UserHand.ParentOf(path));
        var file = hand.OpenToWrite(path, truncate);
        using var closed = file.Descriptor;
        yield return edit.Gap;
        foreach (var piece in pieces ?? Pieces(edit))
        {
            hand.Write(file, piece);
            yield return edit.Gap;
        }
        if (edit.Syncs)
        {
            file.Descriptor.Sync();
            hand.SyncDirectoryOf(path);
            yield return edit.Gap;
        }
        hand.Close(file, now(), edit.Number);
    }

    private IEnumerable<TimeSpan> WriteInPlace(PlannedEdit edit)
    {
        hand.MakeDirectory(UserHand.ParentOf(edit.Path));
        var file = hand.OpenToWrite(edit.Path, truncate: false);
        using var closed = file.Descriptor;
        yield return edit.Gap;
        var size = file.Descriptor.Stat().Size;
        var (at, stride) = (size / 2, size / 2 / edit.Pieces);
        foreach (var piece in Pieces(edit))
        {
            hand.Write(file, piece, at);
            // Here and there in what is larger than that.
            at += Math.Max(piece.Length, stride);
            yield return edit.Gap;
        }
        hand.Close(file, now(), edit.Number);
    }

    /// <summary>The file is closed when the user's processes end: when the power goes, or with the run.</summary>
    private IEnumerable<TimeSpan> KeepMapped(PlannedEdit edit)
    {
        WriteWhole(edit, edit.Path, Encoding.ASCII.GetBytes($"<edit {edit.Number}>".PadRight(edit.Bytes, '.')));
        var file = hand.OpenToWrite(edit.Path, truncate: false);
        for (var number = 1; number <= edit.Pieces; number++)
        {
            yield return edit.Gap;
            hand.WriteMapped(file, Encoding.ASCII.GetBytes($"<edit {edit.Number}, {number} mapped>"));
        }
    }

    private IEnumerable<TimeSpan> WriteLinked(PlannedEdit edit)
    {
        WriteWhole(edit, edit.Path, Encoding.ASCII.GetBytes($"<edit {edit.Number}>".PadRight(edit.Bytes, '.')));
        yield return edit.Gap;
        if (!hand.Exists(edit.Other))
            hand.Link(edit.Path, edit.Other);
        for (var number = 1; number <= edit.Pieces; number++)
        {
            yield return edit.Gap;
            WriteOver(number % 2 == 0 ? edit.Path : edit.Other, $"<edit {edit.Number}, {number} linked>", edit.Number);
        }
        yield return edit.Gap;
        switch (edit.Number % 4)
        {
            case 0:
                hand.Delete(edit.Path);
                break;
            case 1:
                hand.Rename(edit.Other, edit.Other + ".moved");
                break;
            case 2:
                foreach (var pause in ReplaceByRename(edit))
                    yield return pause;
                break;
        }
    }

    /// <summary>Over the first bytes, in place.</summary>
    public void WriteOver(string path, string text, int number)
    {
        var file = hand.OpenToWrite(path, truncate: false);
        using var closed = file.Descriptor;
        hand.Write(file, Encoding.ASCII.GetBytes(text), at: 0);
        hand.Close(file, now(), number);
    }

    private IEnumerable<TimeSpan> ReplaceByRename(PlannedEdit edit)
    {
        var beside = edit.Path + "~new";
        foreach (var pause in Write(edit, beside, truncate: true))
            yield return pause;
        yield return edit.Gap;
        hand.Rename(beside, edit.Path);
        if (edit.Syncs)
            hand.SyncDirectoryOf(edit.Path);
    }

    private IEnumerable<TimeSpan> BackupAndWrite(PlannedEdit edit)
    {
        if (hand.Exists(edit.Path))
        {
            hand.Rename(edit.Path, edit.Path + ".bak");
            yield return edit.Gap;
        }
        foreach (var pause in Write(edit, edit.Path, truncate: true))
            yield return pause;
    }

    private IEnumerable<TimeSpan> Rename(PlannedEdit edit)
    {
        hand.MakeDirectory(UserHand.ParentOf(edit.Other));
        yield return edit.Gap;
        hand.Rename(edit.Path, edit.Other);
    }

    private IEnumerable<TimeSpan> SwapDirectories(PlannedEdit edit)
    {
        var aside = "swap-" + edit.Number;
        hand.Rename(edit.Path, aside);
        yield return edit.Gap;
        if (hand.Exists(edit.Other))
        {
            hand.Rename(edit.Other, edit.Path);
            yield return edit.Gap;
        }
        hand.Rename(aside, edit.Other);
    }

    private IEnumerable<TimeSpan> ChangeKind(PlannedEdit edit)
    {
        if (hand.IsDirectory(edit.Path))
        {
            hand.DeleteTree(edit.Path);
            yield return edit.Gap;
            foreach (var pause in Write(edit, edit.Path, truncate: true))
                yield return pause;
            yield break;
        }
        hand.Delete(edit.Path);
        yield return edit.Gap;
        hand.MakeDirectory(edit.Path);
        yield return edit.Gap;
        foreach (var pause in Write(edit, edit.Path + "/inside.txt", truncate: true))
            yield return pause;
    }

    private IEnumerable<TimeSpan> Burst(PlannedEdit edit)
    {
        for (var number = 1; number <= edit.Pieces; number++)
        {
            WriteWhole(edit, $"{edit.Path}-{number}.txt", Encoding.ASCII.GetBytes($"<edit {edit.Number}, file {number}>".PadRight(edit.Bytes, '.')));
            yield return edit.Gap;
        }
    }

    /// <summary>Written in one go, so that it is whole when it goes: by another name, or by being deleted and made anew.</summary>
    private IEnumerable<TimeSpan> Blink(PlannedEdit edit)
    {
        var bytes = Encoding.ASCII.GetBytes($"<edit {edit.Number}>".PadRight(edit.Bytes, '.'));
        hand.MakeDirectory(UserHand.ParentOf(edit.Path));
        WriteWhole(edit, edit.Path, bytes);
        yield return edit.Gap;
        var aside = edit.Path + "~aside";
        if (edit.Pieces == 0)
            hand.Rename(edit.Path, aside);
        else
            hand.Delete(edit.Path);
        yield return edit.Gap;
        if (edit.Pieces == 0)
            hand.Rename(aside, edit.Path);
        else
            WriteWhole(edit, edit.Path, bytes);
    }

    private IEnumerable<TimeSpan> Juggle(PlannedEdit edit)
    {
        var aside = edit.Path + "~juggled";
        hand.MakeDirectory(UserHand.ParentOf(edit.Path));
        for (var number = 1; number <= edit.Pieces; number++)
        {
            WriteWhole(edit, edit.Path, Encoding.ASCII.GetBytes($"<edit {edit.Number}, {number}>".PadRight(edit.Bytes, '.')));
            yield return edit.Gap;
            hand.Rename(edit.Path, aside);
            yield return edit.Gap;
            hand.Rename(aside, edit.Path);
            yield return edit.Gap * 20 + JugglePause;
        }
    }

    private IEnumerable<TimeSpan> PointToNew(PlannedEdit edit)
    {
        for (var number = 1; number <= edit.Pieces; number++)
        {
            WriteWhole(edit, $"{edit.Path}-{edit.Number}-{number}.txt", Encoding.ASCII.GetBytes($"<edit {edit.Number}, file {number}>".PadRight(edit.Bytes, '.')));
            yield return TimeSpan.Zero;
            WriteWhole(edit, edit.Other, Encoding.ASCII.GetBytes($"<edit {edit.Number}: see file {number}>"));
            yield return edit.Gap;
        }
    }

    private IEnumerable<TimeSpan> Unpack(PlannedEdit edit)
    {
        var directory = $"{edit.Path}-{edit.Number}";
        for (var number = 1; number <= edit.Pieces; number++)
        {
            if (number % 4 == 1)
            {
                hand.MakeDirectory(directory = $"{directory}/{number}");
                yield return edit.Gap;
            }
            WriteWhole(edit, $"{directory}/{number}.txt", Encoding.ASCII.GetBytes($"<edit {edit.Number}, file {number}>".PadRight(edit.Bytes, '.')));
            yield return edit.Gap;
        }
    }

    private void WriteWhole(PlannedEdit edit, string path, ReadOnlyMemory<byte> bytes)
    {
        var file = hand.OpenToWrite(path, truncate: true);
        using var closed = file.Descriptor;
        hand.Write(file, bytes);
        hand.Close(file, now(), edit.Number);
    }

    private static IEnumerable<TimeSpan> Once(Action step)
    {
        step();
        yield break;
    }

    /// <summary>Bytes that no other edit writes.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(PlannedEdit edit)
    {
        if (edit.Bytes == 0)
            yield break;
        var text = Encoding.ASCII.GetBytes($"<edit {edit.Number}>");
        var bytes = new byte[edit.Bytes + text.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = i < text.Length ? text[i] : (byte)('a' + (i / 64 + edit.Number) % 26);
        foreach (var piece in Cut(edit, bytes))
            yield return piece;
    }

    /// <summary>The same, but for the first few bytes: zeros, or in each chunk the same as in the one before.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(PlannedEdit edit)
    {
        var text = Encoding.ASCII.GetBytes($"<edit {edit.Number}>");
        var bytes = new byte[edit.Bytes];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = edit.Number % 2 == 0 ? (byte)0 : text[i % Limits.ChunkBytes % text.Length];
        text.CopyTo(bytes, 0);
        return Cut(edit, bytes);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(PlannedEdit edit, byte[] bytes)
    {
        var each = bytes.Length / edit.Pieces + 1;
        for (var start = 0; start < bytes.Length; start += each)
            yield return bytes.AsMemory(start, Math.Min(each, bytes.Length - start));
    }
}
