using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Portable;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

[SuppressMessage("Design", "CA1063", Justification = "a test class")]
public sealed class PortableFileSystemTests : FileSystemContract
{
    private readonly TempDirectory _directory = new();
    private readonly PortableFileSystem _files;

    public PortableFileSystemTests() => _files = PortableFileSystem.Open(_directory.Path);

    protected override IFileSystem FileSystem => _files;

    public override void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Symbolic_links_are_seen_and_not_followed()
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
        Assert.Equal(FileFault.NotADirectory, _files.RemoveDirectory(P("dir")));
        Assert.Throws<FileFaultException>(() => _files.Create(P("dir/new"), 0x180));
        Assert.Throws<FileFaultException>(() => _files.OpenOrCreate(P("link")));
        Put("mine", "x");
        Assert.Equal(FileFault.NotADirectory, _files.Rename(P("mine"), P("dir/secret"), RenameMode.Replace));
        Assert.Equal("do not touch", outside.Read("secret"));
        Assert.Single(Directory.GetFileSystemEntries(outside.Path));
    }

    [Fact]
    public void The_root_is_missed_when_another_directory_has_its_place()
    {
        using var parent = new TempDirectory();
        Directory.CreateDirectory(parent["replica"]);
        var files = PortableFileSystem.Open(parent["replica"]);
        using var held = files.TryLock(P("lock"));
        Assert.True(files.RootIsInPlace());
        Directory.Move(parent["replica"], parent["elsewhere"]);
        Assert.False(files.RootIsInPlace());
        parent.Write("replica/lock", "");
        Assert.False(files.RootIsInPlace());
        Directory.Delete(parent["replica"], recursive: true);
        Directory.Move(parent["elsewhere"], parent["replica"]);
        Assert.True(files.RootIsInPlace());
    }

    [Fact]
    public void A_name_that_is_no_text_is_listed_as_one_that_cannot_be_written_down()
    {
        _directory.Write("fine", "");
        _directory.WriteOddName();
        var items = _files.List(RelativePath.Root)!;
        Assert.Equal(2, items.Count);
        Assert.Single(items, item => item.Name.IsEmpty);
        Assert.Single(items, item => item.Name.Span.SequenceEqual("fine"u8));
    }

    [Fact]
    public void A_pipe_and_a_socket_are_neither_files_nor_opened()
    {
        _directory.MakePipe("pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_directory["socket"]));
        foreach (var name in (string[])["pipe", "socket"])
        {
            Assert.Equal(FileKind.Special, _files.Stat(P(name))!.Value.Kind);
            Assert.Null(_files.OpenRead(P(name)));
        }
        Assert.All(_files.List(RelativePath.Root)!, item => Assert.Equal(FileKind.Special, item.Kind));
    }

    [Fact]
    public void A_device_is_no_file()
    {
        using var devices = PortableFileSystem.Open("/dev");
        Assert.Equal(FileKind.Special, devices.Stat(P("null"))!.Value.Kind);
    }

    [Fact]
    public void An_empty_file_that_is_written_while_it_is_read_is_seen_to_change()
    {
        _directory.Write("a", "");
        using var file = _files.OpenRead(P("a"))!;
        var before = file.Stat();
        _directory.Write("a", "text");
        Assert.NotEqual(before.Signature, file.Stat().Signature);
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("what?")]
    [InlineData("dot.")]
    [InlineData("blank ")]
    [InlineData("back\\slash")]
    [InlineData("aux")]
    [InlineData("Nul.txt")]
    [InlineData("tab\t")]
    public void Windows_has_no_file_of_such_a_name(string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        Assert.Null(PortableName.ToText(bytes, isWindows: true));
        Assert.Equal(name, PortableName.ToText(bytes, isWindows: false));
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("auxiliary")]
    [InlineData(".hidden")]
    [InlineData("a b (conflict of Client 2, 2026-11-22 07.21.00).txt")]
    public void Windows_has_files_of_such_names(string name) =>
        Assert.Equal(name, PortableName.ToText(System.Text.Encoding.UTF8.GetBytes(name), isWindows: true));

}
