using System.Globalization;
using System.Text;

namespace Actors.Lab.Observing;

/// <summary>How often what a simulation is for was really reached: faults, races, checkers.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Reached(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Add(Coverage other)
    {
        foreach (var (what, times) in other._counts)
            Reached(what, times);
    }

    /// <summary>Of what must be reached: what never was.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> wanted) => [.. wanted.Where(what => _counts.GetValueOrDefault(what) == 0)];

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, times) in _counts)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {times,12:N0}  {what}");
        return text.ToString();
    }
}
