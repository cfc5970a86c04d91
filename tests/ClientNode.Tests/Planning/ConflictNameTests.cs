using System.Text;
using Actors.Client.Planning;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning;

public sealed class ConflictNameTests
{
    private static readonly DateTimeOffset When = new(2026, 11, 22, 9, 21, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("notes.txt", "notes (conflict of Client 2, 2026-11-22 07.21.00).txt")]
    [InlineData("a/b/Makefile", "a/b/Makefile (conflict of Client 2, 2026-11-22 07.21.00)")]
    [InlineData(".profile", ".profile (conflict of Client 2, 2026-11-22 07.21.00)")]
    [InlineData("x.tar.gz", "x.tar (conflict of Client 2, 2026-11-22 07.21.00).gz")]
    public void The_name_tells_who_lost_and_when(string path, string expected) =>
        Assert.Equal(expected, ConflictName.For(RelativePath.Parse(path), "Client 2", When).ToString());

    [Fact]
    public void A_taken_name_is_made_unique_by_the_push() =>
        Assert.Equal(
            "a (conflict of Client 2, 2026-11-22 07.21.00, 00000000-7).txt",
            ConflictName.For(RelativePath.Parse("a.txt"), "Client 2", When, new PushId(new NodeId(1), 7)).ToString());

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_long_name_is_cut_to_255_bytes_and_never_inside_a_character(string character)
    {
        var name = string.Concat(Enumerable.Repeat(character, 250 / Encoding.UTF8.GetByteCount(character))) + ".txt";
        for (var extra = 0; extra < 4; extra++)
        {
            var copy = ConflictName.For(RelativePath.Parse(name), "Client " + new string('1', extra), When);
            Assert.InRange(copy.Name.Length, 252, 255);
            var text = new UTF8Encoding(false, true).GetString(copy.Name);
            Assert.EndsWith("07.21.00).txt", text);
        }
    }

    [Fact]
    public void Names_that_are_not_text_are_cut_too()
    {
        var copy = ConflictName.For(RelativePath.Parse(Enumerable.Repeat((byte)0x80, 255).ToArray()), "Client 2", When);
        Assert.InRange(copy.Name.Length, 200, 255);
    }

    [Fact]
    public void A_directory_without_room_for_the_copy_gives_it_to_the_root()
    {
        var deep = RelativePath.Parse(string.Join('/', Enumerable.Repeat(new string('d', 254), 16)) + "/short.txt");
        Assert.Equal("short (conflict of A, 2026-11-22 07.21.00).txt", ConflictName.For(deep, "A", When).ToString());
    }

    [Fact]
    public void A_nodes_name_cannot_leave_the_directory() =>
        Assert.Equal("a (conflict of .._x, 2026-11-22 07.21.00)", ConflictName.For(RelativePath.Parse("a"), "../x", When).ToString());
}
