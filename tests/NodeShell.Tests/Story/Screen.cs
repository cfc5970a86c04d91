using System.Globalization;
using System.Text;

namespace NodeShell.Tests.Story;

/// <summary>What a person sees: as much of a terminal as a story needs.</summary>
internal sealed class Screen : TextWriter
{
    private readonly List<StringBuilder> _lines = [new()];
    private readonly StringBuilder _sequence = new();
    private int _row;
    private int _column;

    public override Encoding Encoding => Encoding.UTF8;

    public IEnumerable<string> Lines => _lines.Select(line => line.ToString().TrimEnd());

    public override void Write(char value)
    {
        if (_sequence.Length > 0 || value == '\u001b')
            Sequence(value);
        else if (value == '\r')
            _column = 0;
        else if (value == '\n')
            NextLine();
        else
            Put(value);
    }

    private void Put(char value)
    {
        var line = _lines[_row];
        while (line.Length <= _column)
            line.Append(' ');
        line[_column++] = value;
    }

    private void NextLine()
    {
        (_row, _column) = (_row + 1, 0);
        if (_row == _lines.Count)
            _lines.Add(new());
    }

    /// <summary>ESC [ parameters letter.</summary>
    private void Sequence(char value)
    {
        _sequence.Append(value);
        if (!char.IsAsciiLetter(value))
            return;
        var parameters = _sequence.ToString(2, _sequence.Length - 3);
        _sequence.Clear();
        switch (value)
        {
            case 'A':
                // Zero means one, as for terminals.
                _row = Math.Max(0, _row - (parameters is "" or "0" ? 1 : int.Parse(parameters, CultureInfo.InvariantCulture)));
                break;
            case 'J':
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case 'K' when parameters == "2":
                _lines[_row].Clear();
                break;
            case 'K':
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                break;
        }
    }
}
