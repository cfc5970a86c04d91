using Actors.Lab.Checking;
using Actors.Lab.Faults;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;

namespace Actors.Lab.Runs;

/// <summary>What many seeds together must have reached, or they prove less than they seem to.</summary>
internal static class Reach
{
    public static IReadOnlyList<string> Wanted { get; } =
        [.. Enum.GetValues<EditKind>().Select(User.NameOf), .. Enum.GetValues<FaultKind>().Select(FaultInjector.NameOf), .. Enum.GetValues<BadPathKind>().Select(BadPath.NameOf), .. Enum.GetValues<PlaceKind>().Except([PlaceKind.Whole]).Select(place => $"place: {place}"),
            .. Races.All, .. Checkers.All];
}
