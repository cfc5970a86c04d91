using System.Text;

namespace Actors.Common;

/// <summary>Takes what is written, and tells each line when it is whole.</summary>
internal sealed class LineWriter(Action<string> tell) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        tell(_line.ToString().TrimEnd('\r'));
        _line.Clear();
    }
}
