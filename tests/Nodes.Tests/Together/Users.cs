using Xunit;

namespace Nodes.Tests.Together;

/// <summary>
/// Users who edit replicas: files of their own, which no other user touches and whose fate is therefore known, and a
/// few shared ones, about which all fight.
/// </summary>
#pragma warning disable RS0030 // The seed is printed: a test's own randomness.
internal sealed class Users(int seed, IReadOnlyList<string> replicas)
{
    private const int SharedFiles = 3;

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    public int Operations { get; private set; }

    public int Draw(int below) => _random.Next(below);

    public void Edit(int operations)
    {
        for (var count = 0; count < operations; count++)
            EditOnce(Draw(replicas.Count));
    }

    /// <summary>Every user's own files are as they left them, and what they deleted is gone.</summary>
    public void CheckAgainst(SortedDictionary<string, string> files)
    {
        var own = files.Where(file => file.Key.StartsWith("own-", StringComparison.Ordinal)).ToDictionary();
        Assert.Empty(_own.Keys.Except(own.Keys));
        Assert.Empty(_deleted.Intersect(own.Keys));
        Assert.Equal(_own, own);
    }

    private void EditOnce(int user)
    {
        Operations++;
        switch (Draw(10))
        {
            case < 4:
                Save(user, $"own-{user}-{Operations}.txt", $"made by operation {Operations}\n");
                break;
            case < 6 when OwnOf(user) is { } path:
                Append(user, path, $"and more by operation {Operations}\n");
                break;
            case < 7 when OwnOf(user) is { } path:
                File.Delete(Path.Combine(replicas[user], path));
                _own.Remove(path);
                _deleted.Add(path);
                break;
            default:
                Save(user, $"shared-{Draw(SharedFiles)}.txt", $"user {user}, operation {Operations}\n");
                break;
        }
    }

    private string? OwnOf(int user)
    {
        var mine = _own.Keys.Where(path => path.StartsWith($"own-{user}-", StringComparison.Ordinal)).ToList();
        return mine.Count == 0 ? null : mine[Draw(mine.Count)];
    }

    // As an editor saves: a temporary file beside it, then a rename over it.
    private void Save(int user, string path, string text)
    {
        var target = Path.Combine(replicas[user], path);
        if (Draw(2) == 0)
        {
            File.WriteAllText(target, text);
        }
        else
        {
            File.WriteAllText(target + "~", text);
            File.Move(target + "~", target, overwrite: true);
        }
        Remember(path, text);
    }

    private void Append(int user, string path, string text)
    {
        File.AppendAllText(Path.Combine(replicas[user], path), text);
        Remember(path, _own[path] + text);
    }

    private void Remember(string path, string text)
    {
        if (path.StartsWith("own-", StringComparison.Ordinal))
            _own[path] = text;
    }
}
#pragma warning restore RS0030
