using Actors.Messages.Tree;
using Xunit;

namespace Actors.Messages.Tests.Tree;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("a/..")]
    [InlineData("a/./b")]
    [InlineData("a\0b")]
    public void What_a_file_system_would_not_take_as_a_relative_path_is_refused(string text) =>
        Assert.Throws<FormatException>(() => RelativePath.Parse(text));

    [Fact]
    public void Names_and_paths_are_limited_in_bytes()
    {
        Assert.Null(RelativePath.ValidateName(new byte[255].Fill('x')));
        Assert.NotNull(RelativePath.ValidateName(new byte[256].Fill('x')));
        var name = new string('x', 255);
        Assert.Equal(16 * 256 - 1, RelativePath.Parse(string.Join('/', Enumerable.Repeat(name, 16))).Length);
        Assert.Throws<FormatException>(() => RelativePath.Parse(string.Join('/', Enumerable.Repeat(name, 17))));
    }

    [Fact]
    public void Parents_end_at_the_root()
    {
        var path = RelativePath.Parse("a/b/c");
        Assert.Equal("a/b", path.Parent.ToString());
        Assert.Equal(["a/b", "a"], path.Ancestors.Select(ancestor => ancestor.ToString()));
        Assert.True(path.Parent.Parent.Parent.IsRoot);
        Assert.True(RelativePath.Root.Parent.IsRoot);
        Assert.Equal(3, path.Depth);
        Assert.Equal("c"u8, path.Name);
        Assert.Equal(path, path.Parent.Child("c"u8));
        Assert.Equal("x", RelativePath.Root.Child("x"u8).ToString());
    }

    [Fact]
    public void Descendants_are_told_from_neighbours_with_the_same_beginning()
    {
        var directory = RelativePath.Parse("a");
        Assert.True(directory.IsAncestorOf(RelativePath.Parse("a/b")));
        Assert.False(directory.IsAncestorOf(RelativePath.Parse("ab")));
        Assert.False(directory.IsAncestorOf(RelativePath.Parse("a-b")));
        Assert.False(directory.IsAncestorOf(directory));
        Assert.True(RelativePath.Root.IsAncestorOf(directory));
        var (from, before) = directory.DescendantRange();
        foreach (var (text, inside) in new[] { ("a", false), ("a-b", false), ("a/", true), ("a/\u00ff", true), ("a0", false), ("b", false) })
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            Assert.Equal(inside, from.AsSpan().SequenceCompareTo(bytes) <= 0 && bytes.AsSpan().SequenceCompareTo(before) < 0);
        }
    }

    [Fact]
    public void Text_shows_every_byte_unambiguously()
    {
        Assert.Equal("ä/b", RelativePath.Parse("ä/b").ToString());
        Assert.Equal("a\\xff\\x0ab", RelativePath.Parse([(byte)'a', 0xff, 0x0a, (byte)'b']).ToString());
        Assert.Equal("a\\\\xff", RelativePath.Parse("a\\xff").ToString());
    }

    [Fact]
    public void The_nodes_own_directory_is_reserved_and_its_neighbours_are_not()
    {
        Assert.True(RelativePath.Parse(".actors").IsReserved);
        Assert.True(RelativePath.Parse(".actors/state.db").IsReserved);
        Assert.False(RelativePath.Parse(".actorsx").IsReserved);
        Assert.False(RelativePath.Parse("a/.actors").IsReserved);
    }
}
