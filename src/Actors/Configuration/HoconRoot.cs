#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

/// <summary>A document that was read. Its substitutions are resolved when its value is first asked for, so that it can also be included in another one.</summary>
public sealed class HoconRoot
{
    private readonly HoconOptions _options;
    private HoconValue _value;
    private HoconDocument _document;

    /// <summary>Creates a document from a value.</summary>
    public HoconRoot(HoconValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    internal HoconRoot(HoconDocument document, HoconOptions options)
    {
        _document = document;
        _options = options;
    }

    /// <summary>The root value, an object or an array.</summary>
    /// <exception cref="HoconParseException">A substitution has no value, or a concatenation mixes types.</exception>
    public HoconValue Value => _value ??= HoconResolver.Resolve(_document, _options);

    internal HoconDocument Document => _document ??= HoconSyntax.FromValue(_value);
}
