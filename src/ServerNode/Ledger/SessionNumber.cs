namespace Actors.Server.Ledger;

/// <summary>
/// Names a session so that no other one ever has the same name. The store counts sessions; but a store that was put back
/// from a backup counts some of them again, while their clients and messages may still be about. What tells those apart is
/// the number that each process of the server draws: a backup cannot be put back under a process that runs.
/// </summary>
internal static class SessionNumber
{
    // Both together are exact as a number of JSON, which `status` shows.
    private const uint RunMax = (1 << 21) - 1;

    public static ulong Of(uint serverRun, ulong count) => ((ulong)(serverRun & RunMax) << 32) | (uint)count;
}
