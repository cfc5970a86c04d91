namespace Actors.Configuration;

/// <summary>What is known of a value without resolving all of it: whether it exists, and whether values below it can show through.</summary>
internal enum ValueShape
{
    Undefined,
    Object,
    Other,
}
