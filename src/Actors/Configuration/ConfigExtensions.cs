#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

/// <summary>Conveniences for configurations that may be null.</summary>
public static class ConfigExtensions
{
    /// <summary>Whether the configuration is null or has no fields.</summary>
    public static bool IsNullOrEmpty(this Config config) => config is null || config.IsEmpty;

    /// <summary>The configuration with a fallback; the fallback alone if the configuration is null.</summary>
    public static Config SafeWithFallback(this Config config, Config fallback) =>
        config is null ? fallback
        : ReferenceEquals(config, fallback) ? config
        : config.WithFallback(fallback);
}
