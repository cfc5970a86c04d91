using static Akka.Remote.Transport.ThrottleTransportAdapter;

namespace MultiNode.Tests;

/// <summary>What a share's replicas become when the network between their nodes fails.</summary>
public sealed class PartitionTests : MultiNodeTest
{
    [Fact]
    public async Task What_was_saved_on_both_sides_of_a_partition_is_everywhere_when_it_heals()
    {
        await using var share = await Share.StartAsync(clients: 3);
        var (cutOff, near, other) = (share.Clients[0], share.Clients[1], share.Clients[2]);
        cutOff.Saves("plan.md", "first");
        await EverybodyHas(share, "plan.md", "first");

        await cutOff.Link.CutAsync(Direction.Both);
        cutOff.Saves("mine.md", "from the far side");
        near.Saves("plan.md", "second");
        await Soon(() => other.Has("plan.md", "second"));
        Assert.True(cutOff.Has("plan.md", "first"));
        Assert.False(other.Has("mine.md", "from the far side"));

        await cutOff.Link.HealAsync();
        await EverybodyHas(share, "plan.md", "second");
        await EverybodyHas(share, "mine.md", "from the far side");
    }

    [Fact]
    public async Task Of_two_saves_of_one_file_on_both_sides_neither_is_lost()
    {
        await using var share = await Share.StartAsync(clients: 2);
        var (left, right) = (share.Clients[0], share.Clients[1]);
        left.Saves("plan.md", "first");
        await EverybodyHas(share, "plan.md", "first");

        await left.Link.CutAsync(Direction.Both);
        left.Saves("plan.md", "left");
        right.Saves("plan.md", "right");
        await left.Link.HealAsync();

        await Soon(() => share.Clients.All(client => client.Files().Values.Order(StringComparer.Ordinal).SequenceEqual(["left", "right"])));
        Assert.Equal(left.Files(), right.Files());
    }

    // A client whose own messages are lost hears of an edit and cannot pull it; one that hears nothing can still push.
    [Theory]
    [InlineData(Direction.Send)]
    [InlineData(Direction.Receive)]
    public async Task A_link_that_is_cut_in_one_direction_delays_and_loses_nothing(Direction direction)
    {
        await using var share = await Share.StartAsync(clients: 3);
        var (cutOff, near, other) = (share.Clients[0], share.Clients[1], share.Clients[2]);
        near.Saves("a.txt", "one");
        await EverybodyHas(share, "a.txt", "one");

        await cutOff.Link.CutAsync(direction);
        near.Saves("a.txt", "two");
        cutOff.Saves("b.txt", "three");
        await Soon(() => other.Has("a.txt", "two"));
        Assert.True(cutOff.Has("a.txt", "one"));

        await cutOff.Link.HealAsync();
        await EverybodyHas(share, "a.txt", "two");
        await EverybodyHas(share, "b.txt", "three");
    }
}
