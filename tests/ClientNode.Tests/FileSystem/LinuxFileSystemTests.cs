using System.Diagnostics.CodeAnalysis;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

[SuppressMessage("Design", "CA1063", Justification = "a test class")]
public sealed class LinuxFileSystemTests : FileSystemContract
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;

    public LinuxFileSystemTests() => _files = LinuxFileSystem.Open(_directory.Path);

    protected override IFileSystem FileSystem => _files;

    public override void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Symbolic_links_are_seen_and_never_followed()
    {
        using var outside = new TempDirectory();
        outside.Write("secret", "do not touch");
        File.CreateSymbolicLink(_directory["link"], outside["secret"]);
        Directory.CreateSymbolicLink(_directory["dir"], outside.Path);

        Assert.Equal(FileKind.SymbolicLink, _files.Stat(P("link"))!.Value.Kind);
        Assert.Null(_files.OpenRead(P("link")));
        Assert.Null(_files.OpenRead(P("dir/secret")));
        Assert.Null(_files.Stat(P("dir/secret")));
        Assert.Null(_files.List(P("dir")));
        Assert.Equal(FileFault.NotADirectory, _files.Delete(P("dir/secret")));
        Assert.Throws<FileFaultException>(() => _files.Create(P("dir/new"), 0x180));
        Put("mine", "x");
        Assert.Equal(FileFault.NotADirectory, _files.Rename(P("mine"), P("dir/secret"), RenameMode.Replace));
        Assert.Equal("do not touch", outside.Read("secret"));
        Assert.Single(Directory.GetFileSystemEntries(outside.Path));
    }

    [Fact]
    public void A_directory_whose_place_a_link_has_is_not_taken_for_flushed()
    {
        Directory.CreateDirectory(_directory["dir"]);
        Assert.True(_files.FlushDirectory(P("dir")));
        Directory.Move(_directory["dir"], _directory["elsewhere"]);
        Directory.CreateSymbolicLink(_directory["dir"], _directory["elsewhere"]);
        Assert.False(_files.FlushDirectory(P("dir")));
    }

    [Fact]
    public void The_root_is_missed_when_another_directory_has_its_place()
    {
        using var parent = new TempDirectory();
        Directory.CreateDirectory(parent["replica"]);
        using var files = LinuxFileSystem.Open(parent["replica"]);
        Assert.True(files.RootIsInPlace());
        Directory.Move(parent["replica"], parent["elsewhere"]);
        Assert.False(files.RootIsInPlace());
        Directory.CreateDirectory(parent["replica"]);
        Assert.False(files.RootIsInPlace());
        Directory.Delete(parent["replica"]);
        Directory.Move(parent["elsewhere"], parent["replica"]);
        Assert.True(files.RootIsInPlace());
    }

    [Fact]
    public void A_probe_leaves_nothing_behind()
    {
        MakeDirectory("scratch");
        var traits = _files.Probe(P("scratch"));
        Assert.Empty(_files.List(P("scratch"))!);
        Assert.True(traits.NamesAreBytes);
        Assert.True(traits.KnowsWriters);
    }

    [Fact]
    public void A_pipe_is_not_opened()
    {
        _directory.MakePipe("pipe");
        Assert.Null(_files.OpenRead(P("pipe")));
        Assert.Equal(FileKind.Special, _files.Stat(P("pipe"))!.Value.Kind);
    }

    [Fact]
    public void Directories_that_cannot_be_resolved_in_one_call_are_walked()
    {
        var deep = RelativePath.Root;
        var name = Enumerable.Repeat((byte)'d', 254).ToArray();
        for (var depth = 0; depth < 16; depth++)
        {
            deep = deep.Child(name);
            Assert.Equal(FileFault.None, _files.MakeDirectory(deep));
        }
        Assert.Equal(4079, deep.Length);
        var file = deep.Child(Enumerable.Repeat((byte)'f', 16).ToArray());
        _files.Create(file, 0x180).Dispose();
        Assert.True(_files.Stat(file)!.Value.IsRegular);
        Assert.Single(_files.List(deep)!);
    }
}
