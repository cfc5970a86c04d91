using System.Text;

namespace Actors.Common;

/// <summary>Takes what is written, and narrates each line when it is whole.</summary>
internal sealed class LineWriter(Action<string> narrate) : TextWriter
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
        narrate(_line.ToString().TrimEnd('\r'));
        _line.Clear();
    }
}
