using System.Runtime.CompilerServices;

namespace Actors.Configuration;

/// <summary>
/// Resolves the substitutions of a document. Every value is evaluated on demand, so an object may refer to its own fields, and what a
/// later assignment hides is never evaluated. Split by concern: evaluation here, looking up paths and concatenation in the other parts.
/// </summary>
internal sealed partial class HoconResolver
{
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<SubstitutionNode, HoconValue?> _resolved = [];
    private readonly HashSet<SubstitutionNode> _resolving = [];
    private readonly HashSet<SubstitutionNode> _circular = [];
    private FieldSlot? _hiding;
    private long _steps;

    private HoconResolver(Func<string, string?> environment) => _environment = environment;

    /// <summary>Resolves a document to its root value.</summary>
    /// <exception cref="HoconParseException">A substitution has no value or refers to itself, a concatenation mixes types, or a limit is exceeded.</exception>
    public static HoconValue Resolve(HoconDocument document, HoconOptions options)
    {
        if (options.Fallback is { } fallback && document.Root is ObjectNode root)
            document = Below(HoconSyntax.FromValue(fallback.Root), root);
        return new HoconResolver(options.Environment).Fold([new ValueLayer(document.Root, null)], null, null)
            ?? throw new HoconParseException("the document has no value", document.Root.Origin);
    }

    /// <summary>Puts a document below a text, as if it had been written before it, without touching the objects at which the text's paths begin.</summary>
    private static HoconDocument Below(HoconDocument lower, ObjectNode text)
    {
        var upper = new ObjectNode(text.Origin);
        upper.Absorb(text);
        text.Fields.Clear();
        if (lower.Root is ObjectNode lowerRoot)
            text.Absorb(lowerRoot);
        text.Absorb(upper);
        return new HoconDocument(text, text);
    }

    /// <summary>
    /// Merges layers, the highest first, under the value that is above them. A layer below something that is no object is not looked at.
    /// </summary>
    private HoconValue? Fold(IEnumerable<ValueLayer> layers, ResolutionChain? chain, HoconValue? above)
    {
        var result = above;
        foreach (var layer in layers)
        {
            if (result is not null && (result.Kind != HoconKind.Object || result.HidesFallback))
                return result;
            if (layer.Node is ObjectNode node)
            {
                result = FoldObject(node, chain, result);
                continue;
            }
            var value = Evaluate(layer, chain);
            if (value is not null)
                result = result is null ? value : Check(HoconMerge.Over(result, value));
        }
        return result;
    }

    /// <summary>Merges the fields of an object under the value above it. Fields that are hidden there are not evaluated.</summary>
    private HoconValue FoldObject(ObjectNode node, ResolutionChain? chain, HoconValue? above)
    {
        Step(node);
        chain = ResolutionChain.Enter(chain);
        var items = new Dictionary<string, HoconValue>(node.Fields.Count, StringComparer.Ordinal);
        foreach (var (key, slot) in node.Fields)
            if (Fold(Layers(slot, slot.Entries.Count), chain, above?.GetChildObject(key)) is { } value)
                items[key] = value;
        if (above is not null)
            foreach (var (key, value) in above.GetObject().Items)
                items.TryAdd(key, value);
        return Check(new HoconValue(above?.Origin ?? node.Origin, items));
    }

    private static IEnumerable<ValueLayer> Layers(FieldSlot slot, int visible)
    {
        for (int i = visible - 1; i >= 0; i--)
            yield return new ValueLayer(slot.Entries[i].Value, slot.Entries[i]);
    }

    /// <summary>The value of one layer, or null if it is undefined.</summary>
    private HoconValue? Evaluate(ValueLayer layer, ResolutionChain? chain)
    {
        Step(layer.Node);
        switch (layer.Node)
        {
            case ScalarNode scalar:
                return new HoconValue(scalar.Origin, scalar.Kind, scalar.Text);
            case ObjectNode node:
                return FoldObject(node, chain, null);
            case ArrayNode array:
                var elements = new List<HoconValue>(array.Elements.Count);
                var inside = ResolutionChain.Enter(chain);
                foreach (var element in array.Elements)
                    if (Evaluate(new ValueLayer(element, null), inside) is { } value)
                        elements.Add(value);
                return Check(new HoconValue(array.Origin, elements));
            case SubstitutionNode substitution:
                return Evaluate(substitution, Extend(chain, layer.Entry));
            case ConcatenationNode concatenation:
                return Concatenate(concatenation, layer.Entry, chain);
            default:
                throw new InvalidOperationException($"{layer.Node.GetType().Name} is no value");
        }
    }

    /// <summary>
    /// The value of a substitution, or null if it is optional and has none. Remembered per occurrence: where two fields refer to each
    /// other the order of resolving must not give one of them two values.
    /// </summary>
    private HoconValue? Evaluate(SubstitutionNode substitution, ResolutionChain? chain)
    {
        if (_resolved.TryGetValue(substitution, out var known))
            return known;
        if (!_resolving.Add(substitution))
        {
            if (!substitution.IsOptional)
                throw new HoconParseException($"{substitution} is part of a cycle: it stands inside of the object or array that it refers to", substitution.Origin) { Cycle = substitution };
            _circular.Add(substitution);
            return FromEnvironment(substitution);
        }
        HoconValue? value;
        try
        {
            value = LookUpOrLookBack(substitution, chain);
        }
        catch (HoconParseException e) when (substitution.IsOptional)
        {
            // Not asked in the filter, which runs before those inside have left the set.
            if (!IsWithin(e.Cycle, chain))
                throw;
            value = null;
        }
        finally
        {
            _resolving.Remove(substitution);
        }
        // What it refers to was built without it, so it cannot be that.
        if (_circular.Contains(substitution))
            value = null;
        value ??= FromEnvironment(substitution);
        if (value is null && !substitution.IsOptional)
            throw new HoconParseException($"{substitution} has no value: nothing is at its path, or it is part of a cycle, where only earlier assignments count", substitution.Origin) { Cycle = _hiding };
        return _resolved[substitution] = value;
    }

    /// <summary>Whether the way round a cycle, named by a field or substitution on it, leads through a substitution that has the chain.</summary>
    private bool IsWithin(object? cycle, ResolutionChain? chain) => cycle switch
    {
        FieldSlot slot => ResolutionChain.VisibleEntries(chain, slot) < slot.Entries.Count,
        SubstitutionNode other => _resolving.Contains(other),
        _ => false,
    };

    private HoconValue? LookUpOrLookBack(SubstitutionNode substitution, ResolutionChain? chain)
    {
        _hiding = null;
        // What an object or array is needed for may look back from inside of it, but where it finds nothing there is no cycle to break.
        return LookUp(substitution, chain) ?? (ResolutionChain.Inside(chain) is { } inside ? LookUp(substitution, inside) : null);
    }

    private HoconValue? LookUp(SubstitutionNode substitution, ResolutionChain? chain)
    {
        foreach (var target in substitution.Targets)
            if (Fold(Layers(target, chain), chain, null) is { } value)
                return value;
        return null;
    }

    private static ResolutionChain? Extend(ResolutionChain? chain, FieldEntry? entry) =>
        entry is null ? chain : new ResolutionChain(entry, chain);

    private HoconValue? FromEnvironment(SubstitutionNode substitution)
    {
        if (substitution.Written.Length == 0)
            return null;
        string name = string.Join('.', substitution.Written);
        if (!substitution.IsList)
            return _environment(name) is { } text ? new HoconValue(substitution.Origin, HoconKind.String, text) : null;
        var elements = new List<HoconValue>();
        while (_environment($"{name}_{elements.Count}") is { } element)
            elements.Add(new HoconValue(substitution.Origin, HoconKind.String, element));
        return elements.Count == 0 ? null : new HoconValue(substitution.Origin, elements);
    }

    private void Step(SyntaxNode node)
    {
        if (++_steps > HoconLimits.ResolveStepsMax)
            throw new HoconParseException($"resolving takes more than {HoconLimits.ResolveStepsMax} steps", node.Origin);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new HoconParseException("substitutions refer to each other too deeply", node.Origin);
    }

    private static HoconValue Check(HoconValue value)
    {
        if (value.Depth > HoconLimits.ResolvedDepthMax)
            throw new HoconParseException($"substitutions nest values deeper than {HoconLimits.ResolvedDepthMax} levels", value.Origin);
        if (value.Weight > HoconLimits.ResolvedWeightMax)
            throw new HoconParseException($"substitutions multiply the text to more than {HoconLimits.ResolvedWeightMax} values", value.Origin);
        return value;
    }
}
