namespace MultiNode.Tests;

/// <summary>Links that are slow, lossy or lost, peers that are given up, and nodes that are gone and come back.</summary>
public sealed class FailingLinkTests : MultiNodeTest
{
    [Fact]
    public async Task Who_is_behind_a_slow_link_gets_everything_and_holds_up_nobody()
    {
        await using var share = await Share.StartAsync(clients: 3);
        var (slow, writer, other) = (share.Clients[0], share.Clients[1], share.Clients[2]);
        writer.Saves("small.txt", "one");
        await EverybodyHas(share, "small.txt", "one");

        var large = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i:D9}\n"));
        await slow.Link.LimitAsync(bytesPerSecond: 100_000);
        writer.Saves("large.txt", large);
        writer.Saves("small.txt", "two");
        await Soon(() => other.Has("small.txt", "two"));
        Assert.False(slow.Has("large.txt", large));

        await slow.Link.LimitAsync(bytesPerSecond: 2_000_000);
        await EverybodyHas(share, "large.txt", large);
        await EverybodyHas(share, "small.txt", "two");
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_made_again_and_what_was_saved_meanwhile_arrives()
    {
        await using var share = await Share.StartAsync(clients: 2);
        var (left, right) = (share.Clients[0], share.Clients[1]);
        left.Saves("a.txt", "one");
        await EverybodyHas(share, "a.txt", "one");

        await left.Link.LoseConnectionAsync();
        left.Saves("a.txt", "two");
        right.Saves("b.txt", "three");
        await EverybodyHas(share, "a.txt", "two");
        await EverybodyHas(share, "b.txt", "three");
    }

    [Fact]
    public async Task A_link_that_loses_one_frame_in_five_loses_no_edit()
    {
        await using var share = await Share.StartAsync(clients: 2);
        var (left, right) = (share.Clients[0], share.Clients[1]);
        left.Saves("a.txt", "0");
        await EverybodyHas(share, "a.txt", "0");

        await left.Link.LoseFramesAsync(0.2);
        for (var i = 1; i <= 20; i++)
        {
            left.Saves("a.txt", $"{i}");
            right.Saves($"b{i}.txt", $"{i}");
        }
        await left.Link.HealAsync();
        await EverybodyHas(share, "a.txt", "20");
        await Soon(() => share.Clients.All(client => client.Files().Count == 21));
    }

    [Fact]
    public async Task A_client_that_the_server_has_quarantined_makes_a_new_actor_system_and_goes_on()
    {
        await using var share = await Share.StartAsync(clients: 2);
        var (given, other) = (share.Clients[0], share.Clients[1]);
        given.Saves("a.txt", "one");
        await EverybodyHas(share, "a.txt", "one");

        var before = given.System;
        share.Server.Quarantine(before);
        given.Saves("a.txt", "two");
        await EverybodyHas(share, "a.txt", "two");
        other.Saves("a.txt", "three");
        await EverybodyHas(share, "a.txt", "three");
        Assert.NotSame(before, given.System);
    }

    [Fact]
    public async Task A_node_that_is_gone_and_comes_back_as_another_incarnation_catches_up()
    {
        await using var share = await Share.StartAsync(clients: 2);
        var (left, right) = (share.Clients[0], share.Clients[1]);
        left.Saves("a.txt", "one");
        await EverybodyHas(share, "a.txt", "one");
        var before = AddressUidExtension.Uid(left.System);

        await left.StopAsync();
        left.Saves("a.txt", "two");
        right.Saves("b.txt", "three");
        await Soon(() => right.Has("b.txt", "three"));
        await left.StartAsync();

        await EverybodyHas(share, "a.txt", "two");
        await EverybodyHas(share, "b.txt", "three");
        Assert.NotEqual(before, AddressUidExtension.Uid(left.System));
    }

    [Fact]
    public async Task A_server_that_is_gone_and_comes_back_has_all_clients_again()
    {
        // The adapter that throttles hides the end of a connection from the node that it belongs to.
        await using var share = await Share.StartAsync(clients: 2, hasAdapters: false);
        var (left, right) = (share.Clients[0], share.Clients[1]);
        left.Saves("a.txt", "one");
        await EverybodyHas(share, "a.txt", "one");

        await share.Server.StopAsync();
        left.Saves("a.txt", "two");
        right.Deletes("a.txt");
        right.Saves("b.txt", "three");
        share.Server.Start();
        await EverybodyHas(share, "b.txt", "three");
        await EverybodyHas(share, "a.txt", "two");
    }
}
