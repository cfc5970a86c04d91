using Spectre.Console;
using Spectre.Console.Rendering;

namespace Actors.Hosting;

/// <summary>
/// A line that scrolls up above the live one. It is written where the live line stands, which may be the longer of the
/// two: so that is erased first.
/// </summary>
internal sealed class ScrolledLine(Markup text) : Renderable
{
    private const string EraseLine = "\u001b[2K";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseLine), .. ((IRenderable)text).Render(options, maxWidth), Segment.LineBreak];
}
