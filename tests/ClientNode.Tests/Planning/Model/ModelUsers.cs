namespace Actors.Client.Tests.Planning.Model;

/// <summary>What the users do.</summary>
internal enum ModelUsers
{
    /// <summary>All users do everything, on few paths: conflicts are frequent.</summary>
    Anything,
    /// <summary>All users write the same bytes, and make no directories: nothing can conflict.</summary>
    SameBytes,
    /// <summary>All users keep to paths of their own: nothing can conflict.</summary>
    EachItsOwn,
}
