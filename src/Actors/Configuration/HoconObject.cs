#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

/// <summary>The fields of an object, in the order in which they were first assigned. Immutable, where Akka.NET's is not.</summary>
public sealed class HoconObject
{
    internal HoconObject(Dictionary<string, HoconValue> fields) => Fields = fields;

    internal Dictionary<string, HoconValue> Fields { get; }

    /// <summary>The fields by key.</summary>
    public IReadOnlyDictionary<string, HoconValue> Items => Fields;

    /// <summary>The value of a field, or null.</summary>
    public HoconValue GetKey(string key) => Fields.GetValueOrDefault(key);

    /// <summary>HOCON of the fields, without braces around them.</summary>
    public override string ToString() => new HoconValue(default, Fields).ToString();
}
