using Actors.Client.Commands;
using Actors.Client.FileSystem;
using Actors.Client.Tests.FileSystem;

namespace Actors.Client.Tests.Commands;

public sealed class PlaceWarningsTests : IDisposable
{
    private static readonly FileSystemTraits Good = new()
    {
        Name = "ext4",
        ExchangesNames = true,
        RenamesWithoutReplacing = true,
        KnowsWriters = true,
        IsNetwork = false,
        NamesAreBytes = true,
    };

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_place_that_has_everything_is_not_warned_of() => Assert.Empty(Warnings(Good));

    [Fact]
    public void A_network_file_system_is_named() =>
        Assert.Contains("network file system (nfs)", Assert.Single(Warnings(Good with { Name = "nfs", IsNetwork = true })));

    [Theory]
    [MemberData(nameof(Weaker))]
    public void Whatever_is_missing_is_said(string words, FileSystemTraits traits) =>
        Assert.Contains(words, Assert.Single(Warnings(traits)));

    public static TheoryData<string, FileSystemTraits> Weaker() => new()
    {
        { "missing for an instant", Good with { ExchangesNames = false } },
        { "can be lost", Good with { RenamesWithoutReplacing = false } },
        { "who is writing", Good with { KnowsWriters = false } },
        { "number files", Good with { NumbersFiles = false } },
        { "power loss", Good with { FlushesNames = false } },
        { "are text", Good with { NamesAreBytes = false } },
    };

    [Fact]
    public void A_replica_inside_another_one_is_warned_of_with_the_outer_ones_name()
    {
        _directory.Write("outer/.actors/state.db", "");
        var inner = _directory["outer/deep/inner"];
        var warning = Assert.Single(PlaceWarnings.Of(inner, Good));
        Assert.Contains($"another replica, {_directory["outer"]},", warning);
    }

    private IEnumerable<string> Warnings(FileSystemTraits traits) => PlaceWarnings.Of(_directory.Path, traits);
}
