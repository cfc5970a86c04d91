using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>The configuration and the provider that an actor system starts with. Immutable.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private readonly Config? _config;
    private readonly ProviderSelection? _provider;

    private BootstrapSetup(Config? config, ProviderSelection? provider)
    {
        _config = config;
        _provider = provider;
    }

    /// <summary>The configuration, with the provider in it if one was chosen.</summary>
    internal Config EffectiveConfig
    {
        get
        {
            Config config = _config ?? Config.Empty;
            return _provider is null ? config : ConfigurationFactory.ParseString($"akka.actor.provider = {_provider.Identifier}").WithFallback(config);
        }
    }

    /// <summary>The defaults.</summary>
    public static BootstrapSetup Create() => new(null, null);

    /// <summary>Replaces the configuration.</summary>
    public BootstrapSetup WithConfig(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new BootstrapSetup(config, _provider);
    }

    /// <summary>Adds what the configuration does not say.</summary>
    public BootstrapSetup WithConfigFallback(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new BootstrapSetup(_config?.WithFallback(config) ?? config, _provider);
    }

    /// <summary>Chooses the provider, whatever the configuration says.</summary>
    public BootstrapSetup WithActorRefProvider(ProviderSelection name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new BootstrapSetup(_config, name);
    }
}
