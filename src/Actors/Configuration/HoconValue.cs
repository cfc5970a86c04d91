#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

/// <summary>
/// A resolved value: null, boolean, number, string, array or object. Immutable. Every getter throws
/// <see cref="ConfigurationException"/> with the value and its position if the value has another type.
/// </summary>
public sealed class HoconValue
{
    private readonly IReadOnlyList<HoconValue> _elements;
    private readonly HoconObject _object;

    /// <summary>Creates an empty object.</summary>
    public HoconValue() : this(default, new Dictionary<string, HoconValue>(0)) { }

    internal HoconValue(HoconOrigin origin, HoconKind kind, string text)
    {
        Origin = origin;
        Kind = kind;
        Text = text;
        Depth = 1;
        Weight = 1 + (text.Length / 16);
    }

    internal HoconValue(HoconOrigin origin, IReadOnlyList<HoconValue> elements)
    {
        Origin = origin;
        Kind = HoconKind.Array;
        _elements = elements;
        (Depth, Weight) = Measure(elements);
    }

    internal HoconValue(HoconOrigin origin, Dictionary<string, HoconValue> items, bool hidesFallback = false)
    {
        Origin = origin;
        Kind = HoconKind.Object;
        _object = new HoconObject(items);
        HidesFallback = hidesFallback;
        (Depth, Weight) = Measure(items.Values);
    }

    internal HoconOrigin Origin { get; }

    internal IReadOnlyList<HoconValue> Elements => _elements;

    internal HoconKind Kind { get; }

    /// <summary>The text of a scalar as it was written; "null" for null.</summary>
    internal string Text { get; }

    /// <summary>Whether something that was no object stood below this object when it was merged: objects of fallbacks do not merge into it any more.</summary>
    internal bool HidesFallback { get; }

    /// <summary>The number of levels of the tree, and of the values in it (text counted in units of 16 characters), shared parts as often as they occur.</summary>
    internal int Depth { get; }

    /// <inheritdoc cref="Depth"/>
    internal long Weight { get; }

    /// <summary>Whether this is an object without fields.</summary>
    public bool IsEmpty => Kind == HoconKind.Object && _object.Items.Count == 0;

    /// <summary>Whether this is an object.</summary>
    public bool IsObject() => Kind == HoconKind.Object;

    /// <summary>Whether this is an array. An object with numeric keys is none, but <see cref="GetArray"/> converts it.</summary>
    public bool IsArray() => Kind == HoconKind.Array;

    /// <summary>Whether this is a scalar, which always has a text.</summary>
    public bool IsString() => Kind is not (HoconKind.Array or HoconKind.Object);

    /// <summary>The object, or null if this is none.</summary>
    public HoconObject GetObject() => _object;

    /// <summary>The value of a field, or null if this is no object or has no such field. The key is one key, not a path.</summary>
    public HoconValue GetChildObject(string key) => _object?.GetKey(key);

    /// <summary>The elements. An object with keys that are numbers becomes an array in the order of these.</summary>
    public IList<HoconValue> GetArray() => HoconConversion.ToArray(this, null);

    /// <summary>The text of a scalar, null for null.</summary>
    public string GetString() => HoconConversion.ToText(this, null);

    /// <summary>True for true, yes and on; false for false, no and off.</summary>
    public bool GetBoolean() => HoconConversion.ToBoolean(this, null);

    /// <summary>The value as a byte.</summary>
    public byte GetByte() => HoconConversion.ToByte(this, null);

    /// <summary>The value as a 32-bit integer.</summary>
    public int GetInt() => HoconConversion.ToInt(this, null);

    /// <summary>The value as a 64-bit integer.</summary>
    public long GetLong() => HoconConversion.ToLong(this, null);

    /// <summary>The value as a single-precision number.</summary>
    public float GetFloat() => HoconConversion.ToFloat(this, null);

    /// <summary>The value as a double-precision number.</summary>
    public double GetDouble() => HoconConversion.ToDouble(this, null);

    /// <summary>The value as a decimal number.</summary>
    public decimal GetDecimal() => HoconConversion.ToDecimal(this, null);

    /// <summary>A size in bytes, such as <c>128000b</c>, <c>128kB</c> or <c>1MiB</c>; null for an empty string, as in Akka.NET.</summary>
    public long? GetByteSize() => HoconConversion.ToByteSize(this, null);

    /// <summary>A duration, in milliseconds unless it has a unit; "infinite" is <see cref="Timeout.InfiniteTimeSpan"/> where allowed.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconConversion.ToTimeSpan(this, allowInfinite, null);

    /// <summary>The elements as booleans.</summary>
    public IList<bool> GetBooleanList() => HoconConversion.ToList(this, HoconConversion.ToBoolean, null);

    /// <summary>The elements as bytes.</summary>
    public IList<byte> GetByteList() => HoconConversion.ToList(this, HoconConversion.ToByte, null);

    /// <summary>The elements as 32-bit integers.</summary>
    public IList<int> GetIntList() => HoconConversion.ToList(this, HoconConversion.ToInt, null);

    /// <summary>The elements as 64-bit integers.</summary>
    public IList<long> GetLongList() => HoconConversion.ToList(this, HoconConversion.ToLong, null);

    /// <summary>The elements as single-precision numbers.</summary>
    public IList<float> GetFloatList() => HoconConversion.ToList(this, HoconConversion.ToFloat, null);

    /// <summary>The elements as double-precision numbers.</summary>
    public IList<double> GetDoubleList() => HoconConversion.ToList(this, HoconConversion.ToDouble, null);

    /// <summary>The elements as decimal numbers.</summary>
    public IList<decimal> GetDecimalList() => HoconConversion.ToList(this, HoconConversion.ToDecimal, null);

    /// <summary>The elements as strings.</summary>
    public IList<string> GetStringList() => HoconConversion.ToList(this, HoconConversion.ToText, null);

    /// <summary>A configuration whose only field is the key, with this as its value.</summary>
    public Config AtKey(string key) => new(new HoconRoot(new HoconValue(Origin, new Dictionary<string, HoconValue> { [key] = this })));

    /// <summary>A configuration with this as its root.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>HOCON that parses to an equal value. The fields of an object are rendered without braces around them, as at the root of a file.</summary>
    public override string ToString() => ToString(0);

    /// <summary>HOCON that parses to an equal value, for use at a level of indentation (two blanks each); without outer braces at level 0.</summary>
    public string ToString(int indent) => HoconRenderer.Render(this, indent);

    /// <summary>This object, into which no object of a fallback is merged any more.</summary>
    internal HoconValue Hiding() => HidesFallback ? this : new HoconValue(Origin, _object.Fields, hidesFallback: true);

    private static (int Depth, long Weight) Measure(IEnumerable<HoconValue> children)
    {
        int depth = 0;
        long weight = 1;
        foreach (var child in children)
        {
            depth = Math.Max(depth, child.Depth);
            weight += child.Weight;
        }
        return (depth + 1, weight);
    }
}
