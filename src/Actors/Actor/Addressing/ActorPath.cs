using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Actors.Runtime;

/// <summary>
/// The place of an actor in its system: an address and the names from the root down. The uid tells apart incarnations
/// that had the same name one after the other; it is no part of equality.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    /// <summary>The symbols that names may hold besides ASCII letters, digits and <c>%hh</c>.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private int _hash;
    private string? _text;

    /// <summary>Creates a root.</summary>
    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
    }

    /// <summary>Creates a path below another one.</summary>
    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        Parent = parentPath;
        Address = parentPath.Address;
        Depth = parentPath.Depth + 1;
        Name = name;
        Uid = uid;
    }

    /// <summary>The system that the path belongs to.</summary>
    public Address Address { get; }

    /// <summary>The last name; empty for a root.</summary>
    public string Name { get; }

    /// <summary>The path above, or null for a root.</summary>
    public ActorPath? Parent { get; }

    /// <summary>The number of names between the root and this path, this one included; 0 for a root.</summary>
    public int Depth { get; }

    /// <summary>The incarnation, or 0 if the path says nothing about it.</summary>
    public long Uid { get; }

    /// <summary>The root of the path.</summary>
    public ActorPath Root => ParentOf(0);

    /// <summary>The names from the root down.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (ActorPath path = this; path.Parent is not null; path = path.Parent)
                elements[path.Depth - 1] = path.Name;
            return elements;
        }
    }

    /// <summary>The path of a child; <c>name#uid</c> sets the child's incarnation.</summary>
    public ActorPath Child(string childName) => this / childName;

    /// <summary>The ancestor at a depth; negative depths count from this path upwards.</summary>
    public ActorPath ParentOf(int depth)
    {
        int target = depth < 0 ? Math.Max(0, Depth + depth) : depth;
        ActorPath path = this;
        while (path.Depth > target)
            path = path.Parent!;
        return path;
    }

    /// <summary>The same place with another incarnation.</summary>
    public ActorPath WithUid(long uid) => Parent is null || uid == Uid ? this : new ChildActorPath(Parent, Name, uid);

    /// <summary>Reads a path with its address, such as <c>akka://System/user/name#123</c>.</summary>
    /// <exception cref="UriFormatException">The text is not a path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out ActorPath? parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    /// <summary>Reads a path with its address.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        return Address.TryParse(path.AsSpan(), out Address? address, out ReadOnlySpan<char> rest)
            && TryParse(new RootActorPath(address), rest, out actorPath);
    }

    /// <summary>Reads names below a given path.</summary>
    public static bool TryParse(ActorPath basePath, string absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    /// <summary>Reads names below a given path.</summary>
    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = basePath;
        while (!absoluteUri.IsEmpty)
        {
            int slash = absoluteUri.IndexOf('/');
            ReadOnlySpan<char> element = slash < 0 ? absoluteUri : absoluteUri[..slash];
            absoluteUri = slash < 0 ? default : absoluteUri[(slash + 1)..];
            if (element.IsEmpty)
                continue;
            long uid = 0;
            int hash = element.IndexOf('#');
            if (hash >= 0)
            {
                bool isLast = absoluteUri.IsEmpty;
                if (!isLast || !long.TryParse(element[(hash + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out uid))
                {
                    actorPath = null;
                    return false;
                }
                element = element[..hash];
            }
            actorPath = new ChildActorPath(actorPath, element.ToString(), uid);
        }
        return true;
    }

    /// <summary>Reads the address of a path.</summary>
    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address) => Address.TryParse(path, out address);

    /// <summary>Reads the address of a path and hands out the rest.</summary>
    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    /// <summary>Joins names to <c>/a/b</c>.</summary>
    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <summary>Whether an actor may be given this name: not empty, no leading <c>$</c>, only allowed characters.</summary>
    public static bool IsValidPathElement(string s) => !string.IsNullOrEmpty(s) && s[0] != '$' && HasOnlyValidSymbols(s);

    private static bool HasOnlyValidSymbols(string s)
    {
        for (int i = 0; i < s.Length; i++)
        {
            char c = s[i];
            if (c == '%' && i + 2 < s.Length && char.IsAsciiHexDigit(s[i + 1]) && char.IsAsciiHexDigit(s[i + 2]))
                i += 2;
            else if (!char.IsAsciiLetterOrDigit(c) && !ValidSymbols.Contains(c))
                return false;
        }
        return true;
    }

    /// <summary>The names only: <c>/user/name</c>.</summary>
    public string ToStringWithoutAddress() => Depth == 0 ? "/" : string.Create(NamesLength(), this, WriteNames);

    /// <summary>Address and names, without the incarnation.</summary>
    public override string ToString() => _text ??= Address.ToString() + ToStringWithoutAddress();

    /// <summary>Address and names, without the incarnation.</summary>
    public string ToStringWithAddress() => ToString();

    /// <summary>Like <see cref="ToString"/>, with the given address if the path's own is local.</summary>
    public string ToStringWithAddress(Address address) =>
        Address.HasLocalScope ? address + ToStringWithoutAddress() : ToString();

    /// <summary>Address, names and, if it is known, the incarnation.</summary>
    public string ToStringWithUid() => AppendUid(ToString());

    /// <summary>The text that travels to other systems.</summary>
    public string ToSerializationFormat() => AppendUid(ToString());

    /// <summary>
    /// The text that travels to other systems, with the given address if the path's own is local. The path of the ref that
    /// ignores stays what it is everywhere.
    /// </summary>
    public string ToSerializationFormatWithAddress(Address address) =>
        IgnoreActorRef.IsAt(this) ? ToString() : AppendUid(ToStringWithAddress(address));

    private string AppendUid(string text) => Uid == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}#{Uid}");

    private int NamesLength()
    {
        int length = 0;
        for (ActorPath path = this; path.Parent is not null; path = path.Parent)
            length += path.Name.Length + 1;
        return length;
    }

    private static void WriteNames(Span<char> target, ActorPath path)
    {
        for (; path.Parent is not null; path = path.Parent)
        {
            path.Name.CopyTo(target[^path.Name.Length..]);
            target = target[..^path.Name.Length];
            target[^1] = '/';
            target = target[..^1];
        }
    }

    /// <summary>True if address and names are equal; incarnations are not compared.</summary>
    public bool Equals(ActorPath? other)
    {
        ActorPath? left = this;
        while (left is not null && other is not null && !ReferenceEquals(left, other))
        {
            if (left.Depth != other.Depth || left.Name != other.Name || (left.Parent is null && left.Address != other.Address))
                return false;
            left = left.Parent;
            other = other.Parent;
        }
        return ReferenceEquals(left, other);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
            _hash = HashCode.Combine(Parent?.GetHashCode() ?? Address.GetHashCode(), Name);
        return _hash;
    }

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other)
    {
        if (other is null)
            return 1;
        int order = Address.CompareTo(other.Address);
        if (order != 0)
            return order;
        IReadOnlyList<string> mine = Elements, others = other.Elements;
        for (int i = 0; order == 0 && i < Math.Min(mine.Count, others.Count); i++)
            order = string.CompareOrdinal(mine[i], others[i]);
        return order != 0 ? order : mine.Count.CompareTo(others.Count);
    }

    /// <summary>The path of a child; <c>name#uid</c> sets the child's incarnation.</summary>
    public static ActorPath operator /(ActorPath path, string name)
    {
        int hash = name.IndexOf('#');
        return hash < 0
            ? new ChildActorPath(path, name, 0)
            : new ChildActorPath(path, name[..hash], long.Parse(name.AsSpan(hash + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>The path below, name by name; empty names are skipped.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (string element in name)
        {
            if (!string.IsNullOrEmpty(element))
                path /= element;
        }
        return path;
    }

    /// <summary>Compares address and names.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares address and names.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);
}
