namespace Actors.Configuration;

/// <summary>Finds what include statements name.</summary>
internal interface IHoconIncluder
{
    /// <summary>What to include, in order of increasing priority; nothing if it does not exist.</summary>
    IReadOnlyList<HoconIncluded> Find(HoconInclude include);
}
