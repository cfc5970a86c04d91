namespace Actors.Runtime;

/// <summary>A provider of refs: whether a system talks to others.</summary>
public abstract class ProviderSelection
{
    private ProviderSelection(string identifier) => Identifier = identifier;

    internal string Identifier { get; }

    /// <summary>The system is alone.</summary>
    public sealed class Local : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Local Instance = new();

        private Local() : base("local") { }
    }

    /// <summary>The system talks to others.</summary>
    public sealed class Remote : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Remote Instance = new();

        private Remote() : base("remote") { }
    }
}
