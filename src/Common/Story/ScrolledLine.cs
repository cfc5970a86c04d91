using Spectre.Console;
using Spectre.Console.Rendering;

namespace Actors.Common;

/// <summary>
/// A line that scrolls up above the live one. It is written where the rule and the live line stand, and may take more
/// rows than one: so all that is there is erased first.
/// </summary>
internal sealed class ScrolledLine(Markup text) : Renderable
{
    private const string EraseToEnd = "\r\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseToEnd), .. ((IRenderable)text).Render(options, maxWidth), Segment.LineBreak];
}
