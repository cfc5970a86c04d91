using System.Text;
using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

/// <summary>What every file system under a replica does, simulated ones too.</summary>
public abstract class FileSystemContract : IDisposable
{
    private const int Mode = 0x1a4;

    protected abstract IFileSystem FileSystem { get; }

    /// <summary>What it says of itself: a claim that needs more says instead what happens without.</summary>
    protected FileSystemTraits Traits
    {
        get
        {
            var scratch = P("scratch-for-the-probe");
            Assert.Equal(FileFault.None, FileSystem.MakeDirectory(scratch));
            var traits = FileSystem.Probe(scratch);
            Assert.Equal(FileFault.None, FileSystem.RemoveDirectory(scratch));
            return traits;
        }
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public void What_is_not_there_has_no_stat_no_listing_and_no_content()
    {
        Assert.Null(FileSystem.Stat(P("a")));
        Assert.Null(FileSystem.Stat(P("a/b/c")));
        Assert.Null(FileSystem.List(P("a")));
        Assert.Null(FileSystem.OpenRead(P("a")));
        Assert.Equal(FileFault.NotFound, FileSystem.Delete(P("a")));
        Assert.Equal(FileFault.NotFound, FileSystem.RemoveDirectory(P("a")));
    }

    [Fact]
    public void A_name_below_a_file_is_not_there()
    {
        Put("a", "text");
        Assert.Null(FileSystem.Stat(P("a/b")));
        Assert.Null(FileSystem.OpenRead(P("a/b")));
        Assert.Null(FileSystem.List(P("a")));
    }

    [Fact]
    public void Written_bytes_are_read_back_from_any_offset()
    {
        using (var created = FileSystem.Create(P("a"), Mode))
        {
            created.Write(0, "hello"u8);
            created.Write(5, " world"u8);
            created.Flush();
        }
        using var read = FileSystem.OpenRead(P("a"))!;
        Span<byte> buffer = stackalloc byte[20];
        Assert.Equal(11, read.Read(0, buffer));
        Assert.True(buffer[..11].SequenceEqual("hello world"u8));
        Assert.Equal(5, read.Read(6, buffer));
        Assert.True(buffer[..5].SequenceEqual("world"u8));
        Assert.Equal(0, read.Read(11, buffer));
    }

    [Fact]
    public void Creating_does_not_take_a_name_that_exists()
    {
        Put("a", "first");
        var fault = Assert.Throws<FileFaultException>(() => FileSystem.Create(P("a"), Mode));
        Assert.Equal(FileFault.Exists, fault.Fault);
        Assert.Equal("first", Text("a"));
    }

    [Fact]
    public void A_signature_changes_with_the_size_and_with_the_file()
    {
        Put("a", "one");
        var before = FileSystem.Stat(P("a"))!.Value;
        using (var handle = FileSystem.OpenOrCreate(P("a")))
        {
            handle.SetLength(1);
            Assert.NotEqual(before.Signature, handle.Stat().Signature);
        }
        Put("b", "one");
        if (Traits.NumbersFiles)
            Assert.NotEqual(before.Inode, FileSystem.Stat(P("b"))!.Value.Inode);
        else
            Assert.Equal(0ul, FileSystem.Stat(P("b"))!.Value.Inode);
        Assert.True(before.IsRegular);
        Assert.Equal(3, before.Size);
    }

    [Fact]
    public void Exchange_swaps_two_files()
    {
        Put("a", "one");
        Put("b", "two");
        if (!Traits.ExchangesNames)
        {
            Assert.Equal(FileFault.Unsupported, FileSystem.Rename(P("a"), P("b"), RenameMode.Exchange));
            Assert.Equal(("one", "two"), (Text("a"), Text("b")));
            return;
        }
        Assert.Equal(FileFault.None, FileSystem.Rename(P("a"), P("b"), RenameMode.Exchange));
        Assert.Equal("two", Text("a"));
        Assert.Equal("one", Text("b"));
    }

    [Fact]
    public void Exchange_needs_both_names()
    {
        Put("a", "one");
        Assert.Equal(Traits.ExchangesNames ? FileFault.NotFound : FileFault.Unsupported, FileSystem.Rename(P("a"), P("b"), RenameMode.Exchange));
        Assert.Equal("one", Text("a"));
    }

    [Fact]
    public void Exchange_swaps_a_file_with_a_directory()
    {
        Put("a", "one");
        MakeDirectory("d");
        Put("d/inner", "two");
        if (!Traits.ExchangesNames)
        {
            Assert.Equal(FileFault.Unsupported, FileSystem.Rename(P("a"), P("d"), RenameMode.Exchange));
            Assert.Equal(("one", "two"), (Text("a"), Text("d/inner")));
            return;
        }
        Assert.Equal(FileFault.None, FileSystem.Rename(P("a"), P("d"), RenameMode.Exchange));
        Assert.Equal("one", Text("d"));
        Assert.Equal("two", Text("a/inner"));
    }

    [Fact]
    public void A_replaced_file_is_kept_under_the_name_of_the_backup()
    {
        Put("new", "two");
        Put("a", "one");
        if (!Traits.ReplacesWithBackup)
        {
            Assert.Equal(FileFault.Unsupported, FileSystem.Replace(P("new"), P("a"), P("old")));
            Assert.Equal(("one", "two"), (Text("a"), Text("new")));
            return;
        }
        Assert.Equal(FileFault.None, FileSystem.Replace(P("new"), P("a"), P("old")));
        Assert.Equal(("two", "one"), (Text("a"), Text("old")));
        Assert.Null(FileSystem.Stat(P("new")));
    }

    [Fact]
    public void A_rename_that_replaces_takes_the_name_from_whatever_file_has_it()
    {
        Put("a", "one");
        Put("b", "two");
        Assert.Equal(FileFault.None, FileSystem.Rename(P("a"), P("b"), RenameMode.Replace));
        Assert.Equal("one", Text("b"));
        Assert.Null(FileSystem.Stat(P("a")));
    }

    [Fact]
    public void A_directory_is_renamed_with_all_that_is_in_it()
    {
        MakeDirectory("d");
        Put("d/inner", "one");
        MakeDirectory("e");
        Assert.Equal(FileFault.Exists, FileSystem.Rename(P("d"), P("e"), RenameMode.NoReplace));
        Assert.Equal(FileFault.None, FileSystem.Rename(P("d"), P("f"), RenameMode.NoReplace));
        Assert.Equal("one", Text("f/inner"));
    }

    [Fact]
    public void A_rename_that_must_not_replace_leaves_a_taken_name_alone()
    {
        Put("a", "one");
        Put("b", "two");
        Assert.Equal(FileFault.Exists, FileSystem.Rename(P("a"), P("b"), RenameMode.NoReplace));
        Assert.Equal("two", Text("b"));
        Assert.Equal(FileFault.None, FileSystem.Rename(P("a"), P("c"), RenameMode.NoReplace));
        Assert.Equal("one", Text("c"));
        Assert.Null(FileSystem.Stat(P("a")));
    }

    [Fact]
    public void A_rename_into_a_missing_directory_finds_nothing()
    {
        Put("a", "one");
        Assert.Equal(FileFault.NotFound, FileSystem.Rename(P("a"), P("d/a"), RenameMode.NoReplace));
        Assert.Equal("one", Text("a"));
    }

    [Fact]
    public void A_directory_with_something_in_it_is_not_removed()
    {
        MakeDirectory("d");
        Put("d/a", "one");
        Assert.Equal(FileFault.NotEmpty, FileSystem.RemoveDirectory(P("d")));
        Assert.Equal(FileFault.None, FileSystem.Delete(P("d/a")));
        Assert.Equal(FileFault.None, FileSystem.RemoveDirectory(P("d")));
        Assert.Null(FileSystem.Stat(P("d")));
    }

    [Fact]
    public void A_directory_that_exists_is_not_made_again()
    {
        MakeDirectory("d");
        Assert.Equal(FileFault.Exists, FileSystem.MakeDirectory(P("d")));
        Assert.Equal(FileFault.NotFound, FileSystem.MakeDirectory(P("x/y")));
    }

    [Fact]
    public void A_listing_names_files_and_directories()
    {
        MakeDirectory("d");
        Put("d/a", "one");
        MakeDirectory("d/e");
        var items = FileSystem.List(P("d"))!.ToDictionary(item => Encoding.UTF8.GetString(item.Name.Span), item => item.Kind);
        Assert.Equal(2, items.Count);
        Assert.Equal(FileKind.Regular, items["a"]);
        Assert.Equal(FileKind.Directory, items["e"]);
    }

    [Fact]
    public void A_handle_stays_with_its_file_when_the_name_moves()
    {
        Put("a", "one");
        using var handle = FileSystem.OpenRead(P("a"))!;
        Assert.Equal(FileFault.None, FileSystem.Rename(P("a"), P("b"), RenameMode.NoReplace));
        Put("a", "two");
        Span<byte> buffer = stackalloc byte[3];
        Assert.Equal(3, handle.Read(0, buffer));
        Assert.True(buffer.SequenceEqual("one"u8));
    }

    [Fact]
    public void A_file_that_somebody_writes_has_writers_until_it_is_closed()
    {
        Put("a", "text");
        using (var writer = FileSystem.OpenOrCreate(P("a")))
        using (var reader = FileSystem.OpenRead(P("a"))!)
        {
            Assert.Equal(Traits.KnowsWriters ? WriterState.Open : WriterState.Unknown, reader.Writers());
            writer.Dispose();
            Assert.Equal(Traits.KnowsWriters ? WriterState.Closed : WriterState.Unknown, reader.Writers());
        }
    }

    [Fact]
    public void A_lock_is_held_once()
    {
        using (var first = FileSystem.TryLock(P("lock")))
        {
            Assert.NotNull(first);
            Assert.Null(FileSystem.TryLock(P("lock")));
        }
        using var again = FileSystem.TryLock(P("lock"));
        Assert.NotNull(again);
    }

    [Fact]
    public void Flushing_what_is_gone_does_nothing()
    {
        Assert.True(FileSystem.FlushDirectory(P("gone")));
        Assert.True(FileSystem.FlushDirectory(RelativePath.Root));
        FileSystem.FlushAll();
    }

    [Theory]
    [MemberData(nameof(WeirdNames))]
    public void Names_are_bytes(byte[] name)
    {
        var path = RelativePath.Parse(name);
        if (!Traits.NamesAreBytes && !IsText(name))
        {
            Assert.Equal(FileFault.NameInvalid, Assert.Throws<FileFaultException>(() => FileSystem.Create(path, Mode)).Fault);
            Assert.Equal(FileFault.NameInvalid, FileSystem.MakeDirectory(path));
            Put("mine", "text");
            Assert.Equal(FileFault.NameInvalid, FileSystem.Rename(P("mine"), path, RenameMode.NoReplace));
            Assert.Null(FileSystem.Stat(path));
            return;
        }
        FileSystem.Create(path, Mode).Dispose();
        Assert.True(FileSystem.Stat(path)!.Value.IsRegular);
        Assert.Contains(FileSystem.List(RelativePath.Root)!, item => item.Name.Span.SequenceEqual(name));
        Assert.Equal(FileFault.None, FileSystem.Delete(path));
    }

    public static TheoryData<byte[]> WeirdNames() =>
    [
        [0xff, 0xfe, (byte)'x'],
        "line\nbreak"u8.ToArray(),
        "  spaces  "u8.ToArray(),
        "ünï→🎈"u8.ToArray(),
        "-rf"u8.ToArray(),
        @"back\slash"u8.ToArray(),
        [.. Enumerable.Repeat((byte)'n', 255)],
    ];

    private static bool IsText(byte[] name) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(name)).SequenceEqual(name);

    [Fact]
    public void Directories_go_as_deep_as_a_path_can_name()
    {
        var path = RelativePath.Root;
        var name = Enumerable.Repeat((byte)'d', 255).ToArray();
        while (path.TryChild(name, out var child, out _))
        {
            var fault = FileSystem.MakeDirectory(child);
            if (fault == FileFault.NameTooLong && !Traits.TakesLongPaths)
            {
                Assert.InRange(path.Depth, 14, 15);
                Assert.Null(FileSystem.Stat(child));
                return;
            }
            Assert.Equal(FileFault.None, fault);
            path = child;
        }
        Assert.Equal(16, path.Depth);
        var parent = path.Parent;
        Assert.Single(FileSystem.List(parent)!);
        Assert.Equal(FileFault.None, FileSystem.RemoveDirectory(path));
        FileSystem.Create(path, Mode).Dispose();
        Assert.True(FileSystem.Stat(path)!.Value.IsRegular);
    }

    protected static RelativePath P(string path) => RelativePath.Parse(path);

    protected void MakeDirectory(string path) => Assert.Equal(FileFault.None, FileSystem.MakeDirectory(P(path)));

    protected void Put(string path, string text)
    {
        using var file = FileSystem.Create(P(path), Mode);
        file.Write(0, Encoding.UTF8.GetBytes(text));
    }

    protected string Text(string path)
    {
        using var file = FileSystem.OpenRead(P(path))!;
        var buffer = new byte[file.Stat().Size];
        Assert.Equal(buffer.Length, file.Read(0, buffer));
        return Encoding.UTF8.GetString(buffer);
    }
}
