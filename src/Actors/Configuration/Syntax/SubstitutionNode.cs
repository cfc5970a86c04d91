namespace Actors.Configuration;

/// <summary><c>${path}</c>, <c>${?path}</c> or <c>${NAME[]}</c>.</summary>
internal sealed class SubstitutionNode(HoconOrigin origin, string[] written, FieldReference[] targets) : SyntaxNode(origin)
{
    /// <summary>The path as written; empty for the hidden reference of <c>+=</c> to its own field.</summary>
    public string[] Written { get; } = written;

    /// <summary>Where to look, first match wins: relative to the root of the file it stands in, then to the root of each file that includes it.</summary>
    public FieldReference[] Targets { get; } = targets;

    public bool IsOptional { get; init; }

    /// <summary>Whether a value from the environment is a list: NAME_0, NAME_1 and so on.</summary>
    public bool IsList { get; init; }

    public override string ToString() => $"${{{(IsOptional ? "?" : "")}{string.Join('.', Written)}{(IsList ? "[]" : "")}}}";
}
