using static Actors.Remote.AssociationEffectKind;

namespace Actors.Tests.Remote;

public class AssociationStateRandomTests
{
    private static readonly AssociationTimings Timings = new();

    [Fact]
    public void Whatever_happens_at_most_two_links_live_and_the_writable_one_is_up()
    {
        for (var seed = 1; seed <= 300; seed++)
            Run(new Draw(seed), seed);
    }

    private static void Run(Draw random, int seed)
    {
        var state = new AssociationState(Timings);
        var now = TimeSpan.Zero;
        var live = new HashSet<int>();
        var up = new HashSet<int>();
        for (var step = 0; step < 200; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(8));
            var link = random.Next(1, 6) + Math.Max(0, step / 8 - 3);
            var uid = random.Next(7, 9);
            Event(state, random, link, uid, now);
            foreach (var effect in state.TakeEffects())
            {
                if (effect.Kind is Dial or Greet)
                    live.Add(effect.Link);
                else if (effect.Kind == Associated)
                    up.Add(effect.Link);
                else if (effect.Kind is Abort or Close or Failed or Disassociated)
                    live.Remove(effect.Link);
            }
            Assert.True(state.WritableLink == 0 || up.Contains(state.WritableLink), $"seed {seed} step {step}: writes to a link that is not up");
            Assert.True(live.Count <= 2, $"seed {seed} step {step}: {live.Count} links");
        }
    }

    private static void Event(AssociationState state, Draw random, int link, long uid, TimeSpan now)
    {
        switch (random.Next(9))
        {
            case 0: state.Want(now); break;
            case 1: state.Connected(link, now); break;
            case 2: state.Answered(link, uid, now); break;
            case 3: state.Accepted(state.NextLink(), uid, now); break;
            case 4: state.Closed(link, "reset", now); break;
            case 5: state.Disassociated(link, ControlCommand.Disassociate, now); break;
            case 6: state.Quarantine(random.Next(3) == 0 ? uid : null, now); break;
            default: state.Tick(now); break;
        }
    }
}
