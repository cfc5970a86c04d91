using System.Runtime.CompilerServices;

namespace Actors.Configuration;

/// <summary>Includes through the callback of <see cref="ConfigurationFactory.ParseString(string, Func{string, HoconRoot})"/>; null means not found.</summary>
internal sealed class CallbackIncluder(Func<string, HoconRoot?> callback) : IHoconIncluder
{
    public IReadOnlyList<HoconIncluded> Find(HoconInclude include)
    {
        // A callback that reads what it gives may come back here without end; which documents those are only it knows.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new HoconParseException("includes nest too deeply", include.Origin);
        return callback(include.Name) is { } root ? [new HoconIncluded(null, root.Document)] : [];
    }
}
