namespace Actors.Runtime;

/// <summary>The handlers of one behaviour, in the order of their registration.</summary>
internal sealed class HandlerTable
{
    private MessageHandler[] _handlers = new MessageHandler[4];
    private int _count;
    private bool _isComplete;

    public void Add(MessageHandler handler)
    {
        if (_isComplete)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        if (_count == _handlers.Length)
            Array.Resize(ref _handlers, _count * 2);
        _handlers[_count++] = handler;
        _isComplete = handler.TakesAll;
    }

    public bool Handle(object message)
    {
        MessageHandler[] handlers = _handlers;
        for (int i = 0; i < _count; i++)
        {
            if (handlers[i].TryHandle(message))
                return true;
        }
        return false;
    }
}
