namespace Actors.Configuration;

/// <summary>Includes through the callback of <see cref="ConfigurationFactory.ParseString(string, Func{string, HoconRoot})"/>; null means not found.</summary>
internal sealed class CallbackIncluder(Func<string, HoconRoot?> callback) : IHoconIncluder
{
    public IReadOnlyList<HoconIncluded> Find(HoconInclude include) =>
        callback(include.Name) is { } root ? [new HoconIncluded(null, root.Document)] : [];
}
