namespace Actors.Configuration;

/// <summary>The types that a value can have, as in JSON.</summary>
internal enum HoconKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
