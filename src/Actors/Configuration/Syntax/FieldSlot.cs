namespace Actors.Configuration;

/// <summary>All assignments to one key of one object, oldest first.</summary>
internal sealed class FieldSlot
{
    private readonly List<FieldEntry> _entries = [];

    public IReadOnlyList<FieldEntry> Entries => _entries;

    /// <summary>
    /// Adds an assignment. Neighbouring objects become one, and neighbouring appends one concatenation: both mean the same
    /// and keep resolving flat where a file assigns the same key a thousand times.
    /// </summary>
    public void Add(SyntaxNode value)
    {
        var last = _entries.Count > 0 ? _entries[^1] : null;
        if (value is ObjectNode added && last?.Value is ObjectNode existing)
            existing.Absorb(added);
        else if (value is ConcatenationNode { IsAppend: true } append && last?.Value is ConcatenationNode { IsAppend: true } earlier)
            earlier.Pieces.Add(append.Pieces[^1]);
        else
            _entries.Add(new FieldEntry(this, _entries.Count, value));
    }
}
