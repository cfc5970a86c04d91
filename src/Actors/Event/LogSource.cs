using Actors.Runtime;

namespace Actors.Event;

/// <summary>In whose name something is logged: the text that log events carry, and the class.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    /// <summary>The text, for instance the path of an actor.</summary>
    public string Source { get; }

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>The source that an actor, a type, a text or an object is, whatever the system.</summary>
    public static LogSource Create(object o) => new(NameOf(o, null), SourceType(o));

    /// <summary>The source that an actor, a type, a text or an object is within a system.</summary>
    public static LogSource Create(object o, ActorSystem system) => new(NameOf(o, system), SourceType(o));

    /// <summary>The path of an actor, with the address of its system.</summary>
    public static string FromActor(IActorContext actor, ActorSystem system) => FromActorRef(actor.Self, system);

    /// <summary>The path of an actor, with the address of the system.</summary>
    public static string FromActorRef(IActorRef a, ActorSystem system) => system is ExtendedActorSystem { Provider.DefaultAddress: { } address }
        ? a.Path.ToStringWithAddress(address)
        : a.Path.ToString()!;

    /// <summary>A text, followed by the system.</summary>
    public static string FromString(string source, ActorSystem system) => $"{source} ({system})";

    /// <summary>The name of a type, followed by the system.</summary>
    public static string FromType(Type t, ActorSystem system) => $"{Logging.SimpleName(t)} ({system})";

    /// <summary>The class that logs in the name of an object: the object itself if it is a type, its type otherwise.</summary>
    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type ?? typeof(ActorBase),
        _ => o.GetType(),
    };

    private static string NameOf(object source, ActorSystem? system) => source switch
    {
        IActorContext context => NameOf(context.Self, system),
        IActorRef actor => system is null ? actor.Path.ToString()! : FromActorRef(actor, system),
        Type type => system is null ? Logging.SimpleName(type) : FromType(type, system),
        string text => system is null ? text : FromString(text, system),
        _ => NameOf(source.GetType(), system),
    };
}
