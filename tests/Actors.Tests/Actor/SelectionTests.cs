namespace Actors.Tests.Actor;

/// <summary>Selections that several actors fit, or none.</summary>
public class SelectionTests
{
    /// <summary>a has the children b1 and b2, b2 has c, and c has d.</summary>
    private static void Grow(World world)
    {
        IActorRef a = world.Spawn("a", new Script { TellsLife = false });
        IActorRef Child(IActorRef parent, string name)
        {
            IActorRef? child = null;
            world.In(parent, context => child = context.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false })), name));
            return child!;
        }

        Child(a, "b1");
        Child(Child(Child(a, "b2"), "c"), "d");
    }

    [Theory]
    [InlineData("/user/a/*", "b1, b2")]
    [InlineData("/user/a/b1/*", "nobody")]
    [InlineData("/user/a/*/c", "c")]
    [InlineData("/user/a/b2/*/d", "d")]
    [InlineData("/user/a/*/*/d", "d")]
    [InlineData("/user/a/*/c/*", "d")]
    [InlineData("/user/a/b2/*/d/e", "nobody")]
    [InlineData("/user/a/*/c/d/e", "")]
    [InlineData("user/a", "a")]
    [InlineData("user/a/", "a")]
    [InlineData("", "nobody")]
    [InlineData("/", "/")]
    [InlineData("..", "/")]
    [InlineData("/deadLetters", "nobody")]
    [InlineData("deadLetters/", "nobody")]
    [InlineData("akka://all-systems/user", "nobody")]
    [InlineData("foo://user", "nobody")]
    public void Identify_is_answered_by_all_that_fit_or_once_if_there_is_no_way_at_all(string path, string answers) => World.Each(world =>
    {
        Grow(world);
        var heard = new List<string>();
        IActorRef asker = world.Spawn("asker", new Script { TellsLife = false });
        world.In(asker, context => context.Become(message =>
        {
            var identity = (ActorIdentity)message;
            Assert.Equal(path, identity.MessageId);
            heard.Add(identity.Subject is null ? "nobody" : identity.Subject.Path.Depth == 0 ? "/" : identity.Subject.Path.Name);
            return true;
        }));
        world.System.ActorSelection(path).Tell(new Identify(path), asker);
        world.Settle();
        Assert.Equal(answers, string.Join(", ", heard.Order()));
    });

    [Theory]
    [InlineData("/user/foo/*/bar", 1)]
    [InlineData("/user/foo/bar/*", 1)]
    [InlineData("/user/a/b1/*", 1)]
    [InlineData("/user/a/x*/c", 1)]
    [InlineData("/user/a/*/x", 0)]
    [InlineData("/user/a/*/c/x*", 0)]
    public void What_a_wildcard_gives_nobody_is_one_dead_letter_unless_it_opened_several_ways(string path, int deadLetters) => World.Each(world =>
    {
        Grow(world);
        List<DeadLetter> dead = world.Published<DeadLetter>();
        world.System.ActorSelection(path).Tell("lost");
        world.Settle();
        Assert.Equal(deadLetters, dead.Count(letter => letter.Message is "lost"));
        Assert.Equal(deadLetters, dead.Count);
    });

    [Fact]
    public void Selections_are_equal_by_anchor_and_path_and_print_both() => World.Each(world =>
    {
        IActorRef a = world.Spawn("a", new Script { TellsLife = false }), b = world.Spawn("b", new Script { TellsLife = false });
        var selection = new ActorSelection(a, "../*/hello");
        Assert.Equal(new ActorSelection(a, "../*/hello"), selection);
        Assert.Equal(new ActorSelection(a, "../*/hello").GetHashCode(), selection.GetHashCode());
        Assert.NotEqual(new ActorSelection(b, "../*/hello"), selection);
        Assert.NotEqual(new ActorSelection(a, "../*/hell"), selection);
        Assert.NotEqual(new ActorSelection(a, "../*/hell").GetHashCode(), selection.GetHashCode());
        Assert.Equal($"ActorSelection[Anchor(akka://world/user/a#{a.Path.Uid}), Path(/../*/hello)]", selection.ToString());
    });
}
