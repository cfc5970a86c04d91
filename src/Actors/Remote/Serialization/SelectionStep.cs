using System.Text;

namespace Actors.Remote;

/// <summary>One step of a selection's way from the root.</summary>
internal readonly record struct SelectionStep(SelectionStepKind Kind, string Matcher)
{
    /// <summary>The longest way that is followed; actors do not nest deeper.</summary>
    public const int StepsMax = 64;

    /// <summary>Reads a Selection message; null when malformed.</summary>
    public static SelectionStep? Parse(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        ulong kind = 0;
        var matcher = "";
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    kind = reader.ReadVarint();
                    break;
                case 2:
                    matcher = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        var known = kind is >= (ulong)SelectionStepKind.Parent and <= (ulong)SelectionStepKind.ChildPattern;
        return known && !reader.Failed ? new SelectionStep((SelectionStepKind)kind, matcher) : null;
    }
}
