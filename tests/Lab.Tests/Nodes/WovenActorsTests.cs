using Actors.NodeShell;

namespace Actors.Lab.Tests.Nodes;

public sealed class WovenActorsTests
{
    [Fact]
    public void A_node_refuses_to_run_as_a_process_on_what_was_made_for_the_laboratory() =>
        Assert.Contains("made for simulation", Assert.Throws<FailureException>(ShippedActors.Require).Message);
}
