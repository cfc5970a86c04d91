namespace MultiNode.Tests;

/// <summary>Waits for what nodes do by themselves: as long as it takes, within limits.</summary>
public abstract class MultiNodeTest() : TestKit("akka.loglevel = OFF")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>This becomes so; how soon says nothing.</summary>
    private protected Task Soon(Func<bool> isSo) => AwaitConditionAsync(() => Task.FromResult(IsSo(isSo)), Patience, TimeSpan.FromMilliseconds(20));

    private protected Task EverybodyHas(Share share, string file, string text) =>
        Soon(() => share.Clients.All(client => client.Has(file, text)));

    // A file may change its name between the look at the directory and the look into it.
    private static bool IsSo(Func<bool> isSo)
    {
        try
        {
            return isSo();
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
