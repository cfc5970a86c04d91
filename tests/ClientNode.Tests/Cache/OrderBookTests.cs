using Actors.Client.Cache;
using Actors.Messages.Tree;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Client.Tests.Cache;

/// <summary>Whatever is completed, looked at, sent and refused: nothing passes what it has to wait for.</summary>
public sealed class OrderBookTests
{
    private const long PatienceNs = 2_000;
    private const int Names = 5;

    /// <summary>To be done with a path, after so long.</summary>
    private sealed record Step(int Path, Deed Deed, int AfterNs);

    private enum Deed
    {
        Complete,
        Begin,
        Look,
        BecomeReady,
        BecomeSettled,
        Send,
        Accept,
        Refuse,
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_completed_change_keeps_its_place_when_attributes_change_and_loses_it_when_it_is_written_again(bool isBeingWritten)
    {
        var (book, path) = (new OrderBook(TimeSpan.FromSeconds(2)), RelativePath.Parse("a"));
        book.Notice(path, isCompleted: true, isBeingWritten: false, nowNs: 0);
        book.See(path, isBeingWritten: true);
        book.Notice(path, isCompleted: false, isBeingWritten, nowNs: 1);
        book.See(path, isBeingWritten: true);
        Assert.Equal(isBeingWritten ? null : 1, book.PlaceOf(path));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void What_was_refused_is_back_at_its_place_unless_it_was_completed_again(bool isCompletedAgain, long place)
    {
        var (book, first, second) = (new OrderBook(TimeSpan.FromSeconds(2)), RelativePath.Parse("a"), RelativePath.Parse("b"));
        book.Notice(first, isCompleted: true, isBeingWritten: false, nowNs: 0);
        book.Notice(second, isCompleted: true, isBeingWritten: false, nowNs: 1);
        book.Send(1, [first], isUploaded: false, nowNs: 2);
        book.Notice(first, isCompletedAgain, isBeingWritten: false, nowNs: 3);
        book.Settle(1, isAccepted: false);
        Assert.Equal(place, book.PlaceOf(first));
    }

    [Fact]
    public void Nothing_passes_an_earlier_change_that_is_not_ready_before_the_patience_of_one_of_them_is_over()
    {
        var step =
            from path in Gen.Choose(0, Names - 1)
            from deed in Gen.Elements(Enum.GetValues<Deed>())
            from afterNs in Gen.Frequency((9, Gen.Choose(0, 100)), (1, Gen.Choose(0, 3_000)))
            select new Step(path, deed, afterNs);
        Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Gen.ListOf(step, 60).ToArbitrary(), Holds));
    }

    private static void Holds(IEnumerable<Step> steps)
    {
        var model = new Model();
        foreach (var step in steps)
            model.Do(step);
    }

    /// <summary>The same, told as a list of completions.</summary>
    private sealed class Model
    {
        private readonly OrderBook _book = new(TimeSpan.FromTicks(PatienceNs / TimeSpan.NanosecondsPerTick));
        private readonly List<(int Path, long SinceNs)> _pending = [];
        private readonly Dictionary<int, ChangeProgress> _progress = [];
        private readonly List<(ulong Counter, int Path)> _sent = [];
        private readonly HashSet<int> _passed = [];
        private long _nowNs = 1;
        private ulong _counter;

        public void Do(Step step)
        {
            _nowNs += step.AfterNs;
            var (path, at) = (PathOf(step.Path), _pending.FindIndex(item => item.Path == step.Path));
            switch (step.Deed)
            {
                case Deed.Complete:
                    _book.Notice(path, isCompleted: true, isBeingWritten: false, _nowNs);
                    var sinceNs = at < 0 ? _nowNs : _pending[at].SinceNs;
                    _pending.RemoveAll(item => item.Path == step.Path);
                    _pending.Add((step.Path, sinceNs));
                    _progress[step.Path] = ChangeProgress.Waits;
                    _passed.Remove(step.Path);
                    break;
                case Deed.Begin when at < 0:
                    _book.Notice(path, isCompleted: false, isBeingWritten: true, _nowNs);
                    _book.See(path, isBeingWritten: true);
                    break;
                case Deed.Look:
                    _book.See(path);
                    break;
                case Deed.BecomeReady or Deed.BecomeSettled when at >= 0:
                    _progress[step.Path] = step.Deed == Deed.BecomeReady ? ChangeProgress.Ready : ChangeProgress.Settled;
                    break;
                case Deed.Send:
                    Send();
                    break;
                case Deed.Accept or Deed.Refuse when _sent.Count > 0:
                    Settle(step.Deed == Deed.Accept);
                    break;
            }
        }

        private void Send()
        {
            var ready = _pending.Where(item => ProgressOf(PathOf(item.Path)) == ChangeProgress.Ready).ToList();
            var limit = _book.FindLimit(ProgressOf, ready.Select(item => PathOf(item.Path)), _nowNs);
            RemoveForgotten();
            var going = ready.Where(item => _book.PlaceOf(PathOf(item.Path)) <= limit).OrderBy(item => _book.PlaceOf(PathOf(item.Path))).ToList();
            // The first in the order of completion go, and all that are ready go where nothing is to be waited for.
            Assert.Equal(ready.Take(going.Count), going);
            var isAnyOver = going.Any(IsOver);
            foreach (var blocker in _pending.Where(item => IsWaitedFor(item) && !IsOver(item)))
                Assert.True(isAnyOver || going.All(item => _pending.IndexOf(item) < _pending.IndexOf(blocker)));
            if (_pending.All(item => !IsWaitedFor(item) || IsOver(item)))
                Assert.Equal(ready, going);
            foreach (var item in ready.Where(IsOver))
                Assert.Contains(item, going);
            foreach (var item in going)
                SendOne(item);
        }

        private void SendOne((int Path, long SinceNs) item)
        {
            _book.Send(++_counter, [PathOf(item.Path)], isUploaded: false, _nowNs);
            var passed = _book.Pass(_counter, ProgressOf);
            var before = _pending.TakeWhile(other => other != item).Where(IsWaitedFor).ToList();
            Assert.Equal(before.Select(other => PathOf(other.Path)).Order(), passed.Order());
            _pending.Remove(item);
            _passed.UnionWith(before.Select(other => other.Path));
            _sent.Add((_counter, item.Path));
            RemoveForgotten();
        }

        /// <summary>Of which there was nothing to commit.</summary>
        private void RemoveForgotten() =>
            _pending.RemoveAll(item => _progress[item.Path] == ChangeProgress.Settled && _book.PlaceOf(PathOf(item.Path)) is null);

        private void Settle(bool isAccepted)
        {
            var (counter, path) = _sent[0];
            _sent.RemoveAt(0);
            _book.Settle(counter, isAccepted);
            if (isAccepted || _pending.Exists(item => item.Path == path))
                return;
            // Back at its place: before all that were completed later.
            var place = _book.PlaceOf(PathOf(path))!.Value;
            var at = _pending.FindIndex(item => _book.PlaceOf(PathOf(item.Path)) > place);
            _pending.Insert(at < 0 ? _pending.Count : at, (path, long.MinValue));
            _progress[path] = ChangeProgress.Ready;
        }

        private bool IsWaitedFor((int Path, long SinceNs) item) => _progress[item.Path] == ChangeProgress.Waits && !_passed.Contains(item.Path);

        private bool IsOver((int Path, long SinceNs) item) => _book.HasWaited(PathOf(item.Path), _nowNs);

        private ChangeProgress ProgressOf(RelativePath path) => _progress[path.Bytes[0] - 'a'];

        private static RelativePath PathOf(int number) => RelativePath.Parse($"{(char)('a' + number)}");
    }
}
