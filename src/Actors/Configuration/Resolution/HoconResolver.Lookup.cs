namespace Actors.Configuration;

internal sealed partial class HoconResolver
{
    /// <summary>All values that are assigned at a path, the highest first, those below the first that is no object left out.</summary>
    private IEnumerable<ValueLayer> Layers(FieldReference reference, ResolutionChain? chain)
    {
        IEnumerable<ValueLayer> layers = [new ValueLayer(reference.Anchor, null)];
        foreach (string key in reference.Path)
            layers = Children(layers, key, chain);
        return layers;
    }

    private IEnumerable<ValueLayer> Children(IEnumerable<ValueLayer> parents, string key, ResolutionChain? chain)
    {
        foreach (var parent in parents)
        {
            foreach (var child in Children(parent, key, chain))
                yield return child;
            if (parent.Node is not ObjectNode && Shape(parent, chain) == ValueShape.Other)
                yield break;
        }
    }

    /// <summary>
    /// The field of one value. Substitutions are followed to the field alone: resolving all of the object that they stand for could
    /// come back here.
    /// </summary>
    private IEnumerable<ValueLayer> Children(ValueLayer parent, string key, ResolutionChain? chain)
    {
        Step(parent.Node);
        switch (parent.Node)
        {
            case ObjectNode node:
                return node.Fields.TryGetValue(key, out var slot) ? Layers(slot, chain) : [];
            case SubstitutionNode substitution:
                var inner = Extend(chain, parent.Entry);
                foreach (var target in substitution.Targets)
                    if (substitution.Targets.Length == 1 || Shape(Layers(target, inner), inner) != ValueShape.Undefined)
                        return Children(Layers(target, inner), key, inner);
                return [];
            case ConcatenationNode concatenation when Shape(parent, chain) == ValueShape.Object:
                return Enumerable.Reverse(concatenation.Pieces)
                    .SelectMany(piece => Children(new ValueLayer(piece, parent.Entry), key, chain));
            default:
                return [];
        }
    }

    private IEnumerable<ValueLayer> Layers(FieldSlot slot, ResolutionChain? chain)
    {
        int visible = ResolutionChain.VisibleEntries(chain, slot);
        if (visible < slot.Entries.Count)
            _hiding = slot;
        return Layers(slot, visible);
    }

    private ValueShape Shape(IEnumerable<ValueLayer> layers, ResolutionChain? chain)
    {
        foreach (var layer in layers)
            if (Shape(layer, chain) is var shape and not ValueShape.Undefined)
                return shape;
        return ValueShape.Undefined;
    }

    private ValueShape Shape(ValueLayer layer, ResolutionChain? chain)
    {
        Step(layer.Node);
        switch (layer.Node)
        {
            case ObjectNode:
                return ValueShape.Object;
            case WhitespaceNode:
                return ValueShape.Undefined;
            case ConcatenationNode concatenation:
                return Shape(concatenation.Pieces.Select(piece => new ValueLayer(piece, layer.Entry)), chain);
            case SubstitutionNode substitution:
                var inner = Extend(chain, layer.Entry);
                foreach (var target in substitution.Targets)
                    if (Shape(Layers(target, inner), inner) is var shape and not ValueShape.Undefined)
                        return shape;
                return FromEnvironment(substitution) is null ? ValueShape.Undefined : ValueShape.Other;
            default:
                return ValueShape.Other;
        }
    }
}
