#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

/// <summary>
/// A tree of settings, read by path: keys separated by dots, a key with a dot in it in quotes. Immutable.
/// A getter returns its default if nothing is at the path, and throws <see cref="ConfigurationException"/>, naming path, value and
/// position, if what is there has another type. Lists that are not there are empty.
/// </summary>
public partial class Config
{
    /// <summary>A configuration without fields.</summary>
    public static readonly Config Empty = new();

    private readonly HoconValue _own;

    /// <summary>Creates a configuration without fields.</summary>
    public Config() => Root = _own = new HoconValue();

    /// <summary>Creates a configuration of a document, whose substitutions are resolved now.</summary>
    /// <exception cref="HoconParseException">A substitution has no value, or a concatenation mixes types.</exception>
    public Config(HoconRoot root) => Root = _own = root.Value;

    /// <summary>Creates a configuration with a fallback.</summary>
    public Config(Config source, Config fallback) : this(source.Root, source._own, source.Fallback.SafeWithFallback(fallback)) =>
        Root = HoconMerge.OverFallback(source.Root, fallback?.Root);

    private Config(HoconValue root, HoconValue own, Config fallback)
    {
        Root = root;
        _own = own;
        Fallback = fallback;
    }

    /// <summary>What is asked where this configuration has nothing, or null.</summary>
    public Config Fallback { get; }

    /// <summary>Whether there are no fields, in the fallback either.</summary>
    public virtual bool IsEmpty => Root.IsEmpty;

    /// <summary>The root value, fallbacks merged in.</summary>
    public virtual HoconValue Root { get; }

    /// <summary>
    /// This configuration over another one: objects are merged, other values override. Substitutions were resolved when each was
    /// parsed, as in Akka.NET; <see cref="HoconOptions.Fallback"/> lets them see the fallback.
    /// </summary>
    /// <exception cref="ArgumentException">The fallback is this configuration.</exception>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback is null)
            return this;
        return IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <summary>Whether there is a value at the path, null included.</summary>
    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>The value at the path, or null if there is none.</summary>
    public HoconValue GetValue(string path) => Find(path);

    /// <summary>
    /// The part of the tree at the path as a configuration of its own, or null if there is none. What is there need not be an
    /// object: the root of the configuration is that value then, and it has no fields.
    /// </summary>
    public virtual Config GetConfig(string path) => Find(path)?.ToConfig();

    /// <summary>The fields of the root, fallbacks merged in.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.IsObject() ? Root.GetObject().Items : [];

    /// <summary>HOCON of this configuration without its fallbacks.</summary>
    public override string ToString() => ToString(includeFallback: false);

    /// <summary>HOCON of this configuration, with what the fallbacks add if asked for.</summary>
    public string ToString(bool includeFallback) => (includeFallback ? Root : _own).ToString();

    /// <summary>Reads HOCON.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON, or has a substitution without value.</exception>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>A configuration with HOCON as its fallback.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>HOCON with a configuration as its fallback.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    private HoconValue Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var value = Root;
        foreach (string key in HoconPath.Split(path))
            value = value?.GetChildObject(key);
        return value;
    }
}
