namespace Actors.Tests.Remote;

/// <summary>Collects numbers until there are enough.</summary>
internal sealed class CollectingActor(int count, TaskCompletionSource<List<int>> all) : UntypedActor
{
    private readonly List<int> _numbers = [];

    protected override void OnReceive(object message)
    {
        if (message is not int number)
            return;
        _numbers.Add(number);
        if (_numbers.Count == count)
            all.TrySetResult(_numbers);
    }
}
