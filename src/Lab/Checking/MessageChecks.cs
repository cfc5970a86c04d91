using Actors.Client.Cache;
using Actors.Client.Watcher;
using Actors.Lab.Nodes;
using Actors.Messages;
using Actors.Server.Registry;

namespace Actors.Lab.Checking;

/// <summary>Gives each message that is about to be handled to the checkers that are about it.</summary>
internal sealed class MessageChecks(Func<string?, ClientSite?> clientAt, AcknowledgementChecker acknowledgements, UselessWorkChecker uselessWork, DurabilityChecker durability, RecordChecker records)
{
    public void See(string? machine, object message)
    {
        switch (message)
        {
            case RegistryEvent.BatchDone done:
                acknowledgements.Check(done);
                break;
            case PushRejected rejected when clientAt(machine) is { } site:
                uselessWork.Refuse(site, rejected);
                break;
            case PushDispatch dispatch when clientAt(machine) is { } site:
                durability.Check(site, dispatch);
                break;
            case CacheActor.JoinFacts facts when clientAt(machine) is { } site:
                records.Check(site, facts);
                break;
            case Welcome welcome when clientAt(machine) is { } site:
                uselessWork.Welcome(site, welcome);
                break;
        }
    }
}
