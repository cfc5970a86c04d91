#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

public partial class Config
{
    /// <summary>The text of the scalar at the path; null, and not the default, if null was written there.</summary>
    public virtual string GetString(string path, string @default = null) =>
        Find(path) is { } value ? HoconConversion.ToText(value, path) : @default;

    /// <summary>True for true, yes and on; false for false, no and off.</summary>
    public virtual bool GetBoolean(string path, bool @default = false) =>
        Find(path) is { } value ? HoconConversion.ToBoolean(value, path) : @default;

    /// <summary>The 32-bit integer at the path.</summary>
    public virtual int GetInt(string path, int @default = 0) =>
        Find(path) is { } value ? HoconConversion.ToInt(value, path) : @default;

    /// <summary>The 64-bit integer at the path.</summary>
    public virtual long GetLong(string path, long @default = 0) =>
        Find(path) is { } value ? HoconConversion.ToLong(value, path) : @default;

    /// <summary>The single-precision number at the path.</summary>
    public virtual float GetFloat(string path, float @default = 0) =>
        Find(path) is { } value ? HoconConversion.ToFloat(value, path) : @default;

    /// <summary>The double-precision number at the path.</summary>
    public virtual double GetDouble(string path, double @default = 0) =>
        Find(path) is { } value ? HoconConversion.ToDouble(value, path) : @default;

    /// <summary>The decimal number at the path.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) =>
        Find(path) is { } value ? HoconConversion.ToDecimal(value, path) : @default;

    /// <summary>The size in bytes at the path, such as <c>128000b</c>, <c>128kB</c> or <c>1MiB</c>; null if there is none.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <summary>The size in bytes at the path, such as <c>128000b</c>, <c>128kB</c> or <c>1MiB</c>.</summary>
    public virtual long? GetByteSize(string path, long? def = null) =>
        Find(path) is { } value ? HoconConversion.ToByteSize(value, path) : def;

    /// <summary>The duration at the path, in milliseconds unless it has a unit; "infinite" is <see cref="Timeout.InfiniteTimeSpan"/> where allowed. Zero if there is neither a value nor a default.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Find(path) is { } value ? HoconConversion.ToTimeSpan(value, allowInfinite, path) : @default.GetValueOrDefault();

    /// <summary>The strings at the path, or the default.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToText, path) : defaultPaths;

    /// <summary>The strings at the path.</summary>
    public virtual IList<string> GetStringList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToText, path) : [];

    /// <summary>The booleans at the path.</summary>
    public virtual IList<bool> GetBooleanList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToBoolean, path) : [];

    /// <summary>The bytes at the path.</summary>
    public virtual IList<byte> GetByteList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToByte, path) : [];

    /// <summary>The 32-bit integers at the path.</summary>
    public virtual IList<int> GetIntList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToInt, path) : [];

    /// <summary>The 64-bit integers at the path.</summary>
    public virtual IList<long> GetLongList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToLong, path) : [];

    /// <summary>The single-precision numbers at the path.</summary>
    public virtual IList<float> GetFloatList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToFloat, path) : [];

    /// <summary>The double-precision numbers at the path.</summary>
    public virtual IList<double> GetDoubleList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToDouble, path) : [];

    /// <summary>The decimal numbers at the path.</summary>
    public virtual IList<decimal> GetDecimalList(string path) =>
        Find(path) is { } value ? HoconConversion.ToList(value, HoconConversion.ToDecimal, path) : [];
}
