using Actors.Bench.Report;

namespace Actors.Bench.Remoting;

internal sealed class SmallMessages : OneWay
{
    public const int Bytes = 1024;
    public const int MessagesOutstanding = 1024;

    public override string Name => "one-way-1k";

    public override string What => "one-way 1 KiB messages, at most 1,024 outstanding";

    public override string Reference => "socket, one write per message";

    protected override int MessageBytes => Bytes;

    protected override int Window => MessagesOutstanding;

    protected override long CountPerRound => 1_024 * 512;

    protected override int SocketCountPerRound => 1_024 * 128;

    protected override double RatioMin => 3;

    protected override string Rate(double messagesPerSecond) => Figures.PerSecond(messagesPerSecond);
}
