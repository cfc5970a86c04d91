using Actors.Event;

namespace Actors.Runtime;

/// <summary>Keeps what an inbox has received and who waits for it. Only one of the two is ever there for a message.</summary>
internal sealed class InboxActor(int size) : UntypedActor
{
    private readonly LinkedList<object> _messages = new();
    private readonly LinkedList<InboxQuery> _queries = new();
    private bool _hasWarned;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InboxQuery query:
                Answer(query);
                break;
            case InboxExpiry expiry:
                expiry.Query.TryTimeOut();
                _queries.Remove(expiry.Query);
                break;
            case InboxWatch { Message: null } watch:
                Context.Watch(watch.Subject);
                break;
            case InboxWatch watch:
                Context.WatchWith(watch.Subject, watch.Message);
                break;
            case InboxUnwatch unwatch:
                Context.Unwatch(unwatch.Subject);
                break;
            default:
                Keep(message);
                break;
        }
    }

    protected override void PostStop()
    {
        foreach (InboxQuery query in _queries)
            query.TryTimeOut();
    }

    private void Answer(InboxQuery query)
    {
        for (LinkedListNode<object>? node = _messages.First; node is not null && !query.IsSettled; node = node.Next)
        {
            if (query.Fits(node.Value) && query.TryGive(node.Value))
            {
                _messages.Remove(node);
                return;
            }
        }
        if (!query.IsSettled)
            _queries.AddLast(query);
    }

    private void Keep(object message)
    {
        LinkedListNode<InboxQuery>? next;
        for (LinkedListNode<InboxQuery>? node = _queries.First; node is not null; node = next)
        {
            next = node.Next;
            bool isTaken = !node.Value.IsSettled && node.Value.Fits(message) && node.Value.TryGive(message);
            if (node.Value.IsSettled)
                _queries.Remove(node);
            if (isTaken)
                return;
        }
        if (_messages.Count < size)
        {
            _messages.AddLast(message);
            return;
        }
        if (_hasWarned)
            return;
        _hasWarned = true;
        Context.GetLogger().Warning(
            "Dropping message: Inbox size has been exceeded, use akka.actor.inbox.inbox-size to increase maximum allowed inbox size. Current is {0}", size);
    }
}
