using Actors.Messages.Tree;

namespace Actors.Lab.Users;

/// <summary>What users have completed, machine by machine, in order: closed after writing, renamed, deleted.</summary>
internal sealed class Completions
{
    // Contents that a path had lately: one of them may be on its way to the server.
    private const int RecentMax = 20;

    private readonly Dictionary<string, OfMachine> _machines = [];

    public Func<TimeSpan> Now { get; set; } = () => TimeSpan.Zero;

    /// <summary>Something was committed at a path, or above it, that a machine does not know of: what is completed there is likely to be in conflict.</summary>
    public Func<string, string, bool> IsBehind { get; set; } = (_, _) => false;

    /// <param name="machine">Whose user has completed something.</param>
    /// <param name="path">Where.</param>
    /// <param name="state">As what.</param>
    /// <param name="isWatched">A node hears of it. Else it is found by a look at the directory, in no order.</param>
    public void Complete(string machine, string path, EntryState state, bool isWatched = true) =>
        Of(machine).Complete(path, state, Now(), isWatched, isExpected: isWatched && !IsBehind(machine, path));

    /// <summary>A user writes it again: what it was is overwritten.</summary>
    public void Begin(string machine, string path) => Of(machine).Pending.Remove(path);

    /// <summary>A directory was made or moved: what is in it is found by a look, in no order of its own.</summary>
    public void Rearrange(string machine, string directory) => Of(machine).Rearrange(directory, Now());

    /// <summary>No node can keep an order of what was completed until now.</summary>
    public void Forget(string machine) => Of(machine).Pending.Clear();

    /// <summary>The same, until <see cref="Resume"/>: notices are late or lost.</summary>
    public void Suspend(string machine)
    {
        Forget(machine);
        Of(machine).Suspensions++;
    }

    public void Resume(string machine)
    {
        Forget(machine);
        Of(machine).Suspensions--;
    }

    public IReadOnlyDictionary<string, OfMachine> All => _machines;

    public OfMachine Of(string machine)
    {
        if (!_machines.TryGetValue(machine, out var of))
            _machines.Add(machine, of = new OfMachine());
        return of;
    }

    /// <param name="Index">Rises with each completion on the machine.</param>
    /// <param name="State">What it was completed as.</param>
    /// <param name="At">When.</param>
    /// <param name="IsWatched">A node could hear of it.</param>
    internal readonly record struct Completion(long Index, EntryState State, TimeSpan At, bool IsWatched);

    internal sealed class OfMachine
    {
        private readonly Dictionary<string, List<Completion>> _recent = [];
        private readonly Dictionary<string, Completion> _rearranged = [];
        private long _last;

        public int Suspensions { get; set; }

        /// <summary>The newest completion of each path, as far as it is not committed.</summary>
        public Dictionary<string, Completion> Pending { get; } = [];

        public void Complete(string path, EntryState state, TimeSpan at, bool isWatched, bool isExpected)
        {
            Pending.Remove(path);
            if (Suspensions > 0)
                return;
            var completion = new Completion(++_last, state, at, isWatched);
            if (isExpected)
                Pending[path] = completion;
            if (!_recent.TryGetValue(path, out var recent))
                _recent.Add(path, recent = []);
            recent.Add(completion);
            if (recent.Count > RecentMax)
                recent.RemoveAt(0);
        }

        /// <summary>Nothing is pending at a path, or below it, any more. True where something was.</summary>
        public bool ForgetAt(string path)
        {
            var gone = Pending.Keys.Where(pending => pending == path || IsBelow(pending, path)).ToList();
            gone.ForEach(pending => Pending.Remove(pending));
            return gone.Count > 0;
        }

        public void Rearrange(string directory, TimeSpan at)
        {
            ForgetAt(directory);
            _rearranged[directory] = new Completion(_last, EntryState.Folder, at, IsWatched: true);
        }

        /// <summary>
        /// A path is committed as that. Null: no user has completed it as that. Of several times the first counts: nothing shows
        /// which one was read.
        /// </summary>
        public Completion? Commit(string path, EntryState state)
        {
            if (!_recent.TryGetValue(path, out var recent) || recent.FindIndex(completion => completion.State == state) is not (>= 0 and var at))
                return null;
            var committed = recent[at];
            recent.RemoveRange(0, at + 1);
            if (Pending.TryGetValue(path, out var pending) && (pending.Index <= committed.Index || pending.State == state))
                Pending.Remove(path);
            return committed;
        }

        /// <summary>The path may have been found by a look at a directory that was made or moved that short a time before.</summary>
        public bool MayBeFound(string path, Completion completion, long after, TimeSpan moment) => _rearranged.Any(item =>
            item.Value.Index < after && completion.At - item.Value.At < moment && IsBelow(path, item.Key));

        private static bool IsBelow(string path, string directory) =>
            path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal);
    }
}
