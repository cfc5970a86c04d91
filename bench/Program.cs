using Actors.Bench;
using Actors.Bench.Peers;

if (args is [ChildPeer.Verb])
    return await PeerHost.RunAsync(Console.In, Console.Out);
return await BenchRun.RunAsync(args);
