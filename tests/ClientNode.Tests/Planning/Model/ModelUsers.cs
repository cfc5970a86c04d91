namespace Actors.Client.Tests.Planning.Model;

/// <summary>What the users do.</summary>
internal enum ModelUsers
{
    /// <summary>Everybody everything, on few paths: conflicts are frequent.</summary>
    Anything,
    /// <summary>Everybody writes the same bytes, and makes no directories: nothing can conflict.</summary>
    SameBytes,
    /// <summary>Everybody keeps to paths of their own: nothing can conflict.</summary>
    EachItsOwn,
}
