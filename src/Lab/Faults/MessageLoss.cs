using Actors.Lab.Observing;
using Actors.Lab.Plants;
using Actors.Lab.World.Network;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Lab.Faults;

/// <summary>Loses the next messages of a kind on purpose, on a connection that lives.</summary>
internal sealed class MessageLoss(Coverage coverage)
{
    private readonly List<Wanted> _wanted = [];

    private static readonly IReadOnlyList<Kind> Kinds =
    [
        new(Races.JoinLost, IsToServer: true, message => message is Join),
        new(Races.WelcomeLost, IsToServer: false, message => message is Welcome),
        new(Races.AcceptanceLost, IsToServer: false, message => message is PushAccepted),
        new(Races.PageLost, IsToServer: false, message => message is Updates),
        new(Races.NoticeLost, IsToServer: false, message => message is Invalidate),
    ];

    /// <summary>Stands between the nodes and whatever else looks at their frames.</summary>
    public void Attach(SimulatedNetwork network)
    {
        var inner = network.FrameFilter;
        network.FrameFilter = (from, to, frame) => Takes(from, to, frame) ? null : inner is null ? frame : inner(from, to, frame);
    }

    public static int KindCount => Kinds.Count;

    /// <param name="client">Between it and the server.</param>
    /// <param name="kind">Which kind of message, below <see cref="KindCount"/>.</param>
    /// <param name="times">How many of them in a row.</param>
    public void LoseNext(string client, int kind, int times) => _wanted.Add(new Wanted(client, Kinds[kind]) { Left = times });

    public void End() => _wanted.Clear();

    private bool Takes(string from, string to, ByteString frame)
    {
        if (_wanted.Count == 0 || FrameMessage.ReadAny(frame) is not { } message)
            return false;
        if (_wanted.Find(wanted => wanted.Client == (wanted.Kind.IsToServer ? from : to) && wanted.Kind.Is(message)) is not { } taken)
            return false;
        coverage.Reached(taken.Kind.Race);
        if (taken.Lost++ == 1)
            coverage.Reached(Races.SameLostTwice);
        if (--taken.Left == 0)
            _wanted.Remove(taken);
        return true;
    }

    private sealed record Kind(string Race, bool IsToServer, Func<IMessage, bool> Is);

    private sealed record Wanted(string Client, Kind Kind)
    {
        public int Left { get; set; }
        public int Lost { get; set; }
    }
}
