using System.Collections.Concurrent;
using System.Text;
using Actors.Configuration;
using Actors.Event;

namespace Actors.Runtime;

/// <summary>The actor system.</summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly TerminationCallbacks _terminationCallbacks = new();
    private readonly SystemLogging _logging;

    public ActorSystemImpl(string name, Config config, RuntimeEnvironment environment)
    {
        if (!IsValidName(name))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        }
        Name = name;
        Environment = environment;
        Settings = new Settings(this, config);
        SchedulerImpl = environment.Scheduler();
        StartTime = SchedulerImpl.MonotonicClock;
        EventStream = new EventStream(Settings.DebugEventStream) { Clock = SchedulerImpl };
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem), DefaultLogMessageFormatter.Instance);
        SchedulerImpl.Failed = cause => Log.Error(cause, "A scheduled action failed");
        _logging = new SystemLogging(this);
        Dispatchers = new Dispatchers(this);
        Deployment = new Deployment(this);
        Provider = ActorRefProviders.Create(this);
    }

    public RuntimeEnvironment Environment { get; }

    public SchedulerBase SchedulerImpl { get; }

    public AddressTerminations AddressTerminations { get; } = new();

    public Deployment Deployment { get; }

    public override Settings Settings { get; }

    public override string Name { get; }

    public override EventStream EventStream { get; }

    public override Dispatchers Dispatchers { get; }

    public override IScheduler Scheduler => SchedulerImpl;

    public override ILoggingAdapter Log { get; }

    public override IActorRefProvider Provider { get; }

    public override IActorRef DeadLetters => Provider.DeadLetters;

    public override IActorRef IgnoreRef => Provider.IgnoreRef;

    public override IInternalActorRef Guardian => Provider.Guardian;

    public override IInternalActorRef SystemGuardian => Provider.SystemGuardian;

    public override IInternalActorRef LookupRoot => Provider.RootGuardian;

    public override Task WhenTerminated => _terminationCallbacks.Done(Environment.CompletionOptions);

    /// <summary>True from the moment that the system was told to stop.</summary>
    public bool IsTerminating { get; private set; }

    /// <summary>Builds the tree and starts what the runtime itself runs.</summary>
    public void Start()
    {
        _logging.StartStandardOut();
        try
        {
            _ = WhenTerminated;
            Provider.TerminationTask.ContinueWith(
                static (_, state) => ((ActorSystemImpl)state!).HandleTerminated(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            ActorRefProviders.Init(this);
            _logging.StartLoggers();
            this.RegisterExtensions(Settings.Config.GetStringList("akka.extensions"));
            CoordinatedShutdown.Get(this);
            if (Settings.LogConfigOnStart)
                Log.Info("{0}", Settings);
        }
        catch
        {
            // A port that is taken, for instance: nothing of the system may be left behind.
            Abort();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) => CellOf(Guardian).ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => CellOf(SystemGuardian).ActorOf(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, LookupRoot);

    public override void Stop(IActorRef actor)
    {
        var target = (IInternalActorRef)actor;
        if (target.Parent is LocalActorRef parent)
            parent.Cell.Stop(target);
        else
            target.Stop();
    }

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort() => FinalTerminate();

    /// <summary>Stops the actors: /user, then /system, then the root.</summary>
    public void FinalTerminate()
    {
        IsTerminating = true;
        EventStream.Publish(new Debug($"ActorSystem({Name})", typeof(ActorSystem), "System shutdown initiated"));
        if (!Settings.LogDeadLettersDuringShutdown)
            _logging.StopDeadLetterListener();
        Provider.Guardian?.Stop();
    }

    /// <summary>Before /system stops: what is logged from here on is written at once. Hands out the logger that ends, or null.</summary>
    public IActorRef? StopLogger() => _logging.StopLogger();

    public override void RegisterOnTermination(Action code) => _terminationCallbacks.Add(code);

    private void HandleTerminated()
    {
        (SchedulerImpl as IDisposable)?.Dispose();
        _logging.Stop();
        _terminationCallbacks.Run(EventStream);
    }

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return _extensions.GetOrAdd(
            extension.ExtensionType,
            static (_, args) => new Lazy<object>(() => args.extension.CreateExtension(args.system)),
            (extension, system: this)).Value;
    }

    public override object? GetExtension(IExtensionId extensionId) => TryGetExtension(extensionId.ExtensionType, out object? found) ? found : null;

    public override T? GetExtension<T>() where T : class => TryGetExtension(out T? found) ? found : null;

    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object? extension)
    {
        bool isThere = _extensions.TryGetValue(extensionType, out Lazy<object>? found);
        extension = found?.Value;
        return isThere;
    }

    public override bool TryGetExtension<T>(out T? extension) where T : class
    {
        bool isThere = TryGetExtension(typeof(T), out object? found);
        extension = found as T;
        return isThere;
    }

    protected override void Dispose(bool disposing)
    {
        Task stopped = Terminate();
        // Who runs everything on one thread has to run the end as well.
        if (!Environment.IsSingleThreaded && ActorCell.Current is null)
            stopped.Wait(CoordinatedShutdown.Get(this).TotalTimeout);
        base.Dispose(disposing);
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(text, (LocalActorRef)Provider.RootGuardian, 0);
        return text.ToString();
    }

    public override string ToString() => LookupRoot.Path.Root.Address.ToString();

    private static void Print(StringBuilder text, LocalActorRef actor, int depth)
    {
        text.Append(' ', depth * 2).Append(depth == 0 ? "/" : actor.Path.Name).Append(" (").Append(actor.Cell.Props.Type?.Name).AppendLine(")");
        foreach (IInternalActorRef child in actor.Cell.Children())
        {
            if (child is LocalActorRef local)
                Print(text, local, depth + 1);
        }
    }

    private static ActorCell CellOf(IInternalActorRef guardian) => ((LocalActorRef)guardian).Cell;

    private static bool IsValidName(string? name) => !string.IsNullOrEmpty(name) && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
