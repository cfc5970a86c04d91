namespace Actors.Tests.Actor;

/// <summary>A deterministic system, the story that its actors tell, and what was published on its event stream.</summary>
internal sealed class World
{
    private const int SeedCount = 12;

    private World(ulong seed, string config)
    {
        Runtime = new DeterministicRuntime(seed);
        Environment = Runtime.CreateEnvironment(new Sink(Logged));
        System = ActorSystem.Create("world", ConfigurationFactory.ParseString(config), Environment);
        Settle();
    }

    public DeterministicRuntime Runtime { get; }

    public RuntimeEnvironment Environment { get; }

    public ActorSystem System { get; }

    /// <summary>What actors said, in order.</summary>
    public List<string> Story { get; } = [];

    /// <summary>What reached the log sink.</summary>
    public List<LogEvent> Logged { get; } = [];

    /// <summary>Makes a claim in worlds of several seeds; says which seed breaks it.</summary>
    public static void Each(Action<World> claim, string config = "")
    {
        for (ulong seed = 1; seed <= SeedCount; seed++)
        {
            var world = new World(seed, config);
            try
            {
                claim(world);
            }
            catch (Exception cause)
            {
                throw new InvalidOperationException($"Seed {seed}: {cause.Message}\nStory: {string.Join(", ", world.Story)}", cause);
            }
        }
    }

    /// <summary>Makes a scripted actor.</summary>
    public IActorRef Spawn(string name, Script? script = null) => System.ActorOf(Props.Create(() => new Scripted(this, script ?? new Script())), name);

    /// <summary>Runs until nobody has anything to do.</summary>
    public World Settle()
    {
        Runtime.RunUntilIdle();
        return this;
    }

    public void Say(string line) => Story.Add(line);

    /// <summary>Tells and lets everything happen.</summary>
    public void Tell(IActorRef actor, object message, IActorRef? sender = null)
    {
        actor.Tell(message, sender);
        Settle();
    }

    /// <summary>Runs code inside of an actor and lets everything happen.</summary>
    public void In(IActorRef actor, Action<IActorContext> code) => Tell(actor, new Run(code));

    public List<T> Published<T>()
    {
        var seen = new List<T>();
        System.EventStream.Subscribe(System.ActorOf(Props.Create(() => new Collector<T>(seen))), typeof(T));
        Settle();
        return seen;
    }

    public void Told(params string[] story) => Assert.Equal(story, Story);

    internal sealed record Run(Action<IActorContext> Code);

    private sealed class Collector<T> : UntypedActor
    {
        private readonly List<T> _seen;

        public Collector(List<T> seen) => _seen = seen;

        protected override void OnReceive(object message) => _seen.Add((T)message);
    }

    internal sealed class Sink(List<LogEvent> logged) : ILogSink
    {
        public void Write(LogEvent logEvent) => logged.Add(logEvent);
    }
}
