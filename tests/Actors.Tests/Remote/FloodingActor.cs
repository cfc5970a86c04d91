namespace Actors.Tests.Remote;

/// <summary>Sends numbered blobs to one that sends them back, as many at once as a few buffers hold, and says whether all came back as they were.</summary>
internal sealed class FloodingActor : ReceiveActor
{
    private const int Outstanding = 64;
    private const int Bytes = 60_000;
    private readonly IActorRef _echo;
    private readonly int _count;
    private int _sent;
    private int _back;

    public FloodingActor(IActorRef echo, int count, TaskCompletionSource<bool> done)
    {
        _echo = echo;
        _count = count;
        Receive<byte[]>(blob =>
        {
            if (!blob.AsSpan().SequenceEqual(Blob(_back++)))
                done.TrySetResult(false);
            if (_back == count)
                done.TrySetResult(true);
            Fill();
        });
    }

    protected override void PreStart() => Fill();

    private void Fill()
    {
        for (; _sent < _count && _sent - _back < Outstanding; _sent++)
            _echo.Tell(Blob(_sent));
    }

    private static byte[] Blob(int number)
    {
        var blob = new byte[Bytes];
        for (var i = 0; i < Bytes; i += sizeof(int))
            BitConverter.TryWriteBytes(blob.AsSpan(i), number * 31 + i);
        return blob;
    }
}
