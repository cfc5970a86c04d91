namespace Actors.Configuration;

/// <summary>Copies a document that was read on its own to a place in another one, and moves the targets of its substitutions along.</summary>
internal sealed class Transplant
{
    private readonly ObjectNode _oldRoot;
    private readonly FieldReference[] _roots;
    private readonly Dictionary<ObjectNode, ObjectNode> _copies = [];

    private Transplant(ObjectNode oldRoot, FieldReference[] roots)
    {
        _oldRoot = oldRoot;
        _roots = roots;
    }

    // The roots: the place, then the roots of the including texts from the inside out.
    public static ObjectNode Into(HoconDocument document, FieldReference[] roots, HoconOrigin origin) =>
        document.Root is ObjectNode root
            ? (ObjectNode)new Transplant(document.PathRoot, roots).Copy(root)
            : throw new HoconParseException("an included file must hold an object, not an array", origin);

    private SyntaxNode Copy(SyntaxNode node)
    {
        switch (node)
        {
            case ArrayNode array:
                return new ArrayNode(array.Origin, array.Elements.ConvertAll(Copy));
            case ConcatenationNode concatenation:
                return new ConcatenationNode(concatenation.Origin, concatenation.Pieces.ConvertAll(Copy)) { IsAppend = concatenation.IsAppend };
            case SubstitutionNode substitution:
                return Copy(substitution);
            case ObjectNode source:
                var copy = new ObjectNode(source.Origin);
                // Known before its content is copied: elements of arrays are anchors of the references inside them.
                _copies[source] = copy;
                foreach (var (key, slot) in source.Fields)
                    foreach (var entry in slot.Entries)
                        copy.Slot(key).Add(Copy(entry.Value));
                return copy;
            default:
                return node;
        }
    }

    private SubstitutionNode Copy(SubstitutionNode source)
    {
        var targets = new List<FieldReference>();
        foreach (var target in source.Targets)
            targets.Add(target.Anchor == _oldRoot ? _roots[0].Child(target.Path) : target with { Anchor = _copies[target.Anchor] });
        if (source.Written.Length > 0)
            foreach (var root in _roots.AsSpan(1))
                targets.Add(root.Child(source.Written));
        return new SubstitutionNode(source.Origin, source.Written, [.. targets]) { IsOptional = source.IsOptional, IsList = source.IsList };
    }
}
