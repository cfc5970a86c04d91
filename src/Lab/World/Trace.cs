using System.Globalization;
using System.Text;

namespace Actors.Lab.World;

/// <summary>
/// What happened, as lines and as one number: equal runs have equal hashes, on every machine. Lines go to the sink only;
/// none are kept, and none are made without a listener.
/// </summary>
internal sealed class Trace(Action<string>? sink = null)
{
    private const ulong FnvPrime = 0x100000001b3;
    private const ulong FnvBasis = 0xcbf29ce484222325;

    private readonly Dictionary<ActorPath, ulong> _actors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, ulong> _messages = [];

    /// <summary>FNV-1a, 64 bits, over all that was added.</summary>
    public ulong Hash { get; private set; } = FnvBasis;

    public long Lines { get; private set; }

    /// <summary>Whether there is a listener.</summary>
    public bool IsRead => sink is not null;

    public void Add(TimeSpan time, string what)
    {
        Lines++;
        Mix((ulong)time.Ticks);
        Mix(HashOf(what));
        Write(time, what);
    }

    /// <summary>An actor is about to handle a message.</summary>
    public void Add(TimeSpan time, in DispatchStep step)
    {
        Lines++;
        Mix((ulong)time.Ticks);
        if (!_actors.TryGetValue(step.Actor, out var actor))
            _actors.Add(step.Actor, actor = HashOf(step.Actor.ToString()!));
        Mix(actor);
        var type = step.Message.GetType();
        if (!_messages.TryGetValue(type, out var message))
            _messages.Add(type, message = HashOf(type.Name));
        Mix(message);
        if (IsRead)
            Write(time, $"{SimulatedWorld.CurrentMachine} {step.Actor.ToStringWithoutAddress()} {TraceText.Of(step.Message)}");
    }

    private void Write(TimeSpan time, string what) =>
        sink?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,12:F4} {what}"));

    private static ulong HashOf(string text)
    {
        var hash = FnvBasis;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * FnvPrime);
        return hash;
    }

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * FnvPrime);
}

/// <summary>A message as a line of a trace shows it: what it is, and the beginning of what is in it.</summary>
internal static class TraceText
{
    private const int CharsMax = 160;

    public static string Of(object message)
    {
        var name = message.GetType().Name;
        var text = message.ToString() ?? "";
        if (text.StartsWith(name, StringComparison.Ordinal))
            text = text[name.Length..];
        // A type without a text of its own would repeat its name, or give the compiler's.
        if (text.Length == 0 || text == message.GetType().FullName || text.EndsWith(name, StringComparison.Ordinal))
            return name;
        var line = new StringBuilder(name).Append(' ');
        foreach (var character in text.Trim())
        {
            if (line.Length >= CharsMax)
                return line.Append("...").ToString();
            line.Append(char.IsControl(character) ? ' ' : character);
        }
        return line.ToString();
    }
}
