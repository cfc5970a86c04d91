using Actors.Client.Cache;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Cache;

public sealed class OpenFilesTests
{
    private const long Second = 1_000_000_000;

    private readonly OpenFiles _files = new();

    private static RelativePath Path { get; } = RelativePath.Parse("log");

    [Fact]
    public void A_file_that_stays_open_is_read_again_ever_more_rarely_and_never_given_up() =>
        Assert.Equal([5L, 15, 35, 75, 135, 195], DueWithin(240, isLasting: true));

    [Fact]
    public void Where_nothing_tells_whether_it_is_open_it_is_given_up_when_it_has_stayed_as_it_is() =>
        Assert.Equal([5L, 15, 35, 75], DueWithin(600, isLasting: false));

    [Fact]
    public void One_that_has_changed_is_read_again_soon()
    {
        DueWithin(100, isLasting: true);
        _files.Note(Path, 10, isNews: true, isLasting: true, 100 * Second);
        Assert.Empty(_files.TakeDue(104 * Second));
        Assert.Single(_files.TakeDue(105 * Second));
    }

    [Fact]
    public void A_large_one_is_read_no_faster_than_costs_little()
    {
        _files.Note(Path, 1L << 30, isNews: true, isLasting: true, 0);
        Assert.Empty(_files.TakeDue(127 * Second));
        Assert.Single(_files.TakeDue(128 * Second));
    }

    [Fact]
    public void One_that_is_being_read_is_not_due_once_more()
    {
        _files.Note(Path, 10, isNews: true, isLasting: true, 0);
        Assert.Single(_files.TakeDue(5 * Second));
        Assert.Empty(_files.TakeDue(500 * Second));
        Assert.Equal([(Path, true)], _files.All);
        _files.Forget(Path);
        Assert.Empty(_files.All);
    }

    /// <summary>The seconds at which it is due, while it is read at once and found as it was.</summary>
    private List<long> DueWithin(long seconds, bool isLasting)
    {
        var due = new List<long>();
        _files.Note(Path, 10, isNews: true, isLasting, 0);
        for (var now = 0L; now < seconds; now++)
        {
            foreach (var (path, _) in _files.TakeDue(now * Second))
            {
                due.Add(now);
                _files.Note(path, 10, isNews: false, isLasting, now * Second);
            }
        }
        return due;
    }
}
