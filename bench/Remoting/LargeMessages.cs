using Actors.Bench.Report;

namespace Actors.Bench.Remoting;

internal sealed class LargeMessages : OneWay
{
    public const int Bytes = 64 * 1024;

    public override string Name => "one-way-64k";

    public override string What => "one-way 64 KiB messages, at most 64 outstanding";

    public override string Reference => "socket, 64 KiB writes";

    protected override int MessageBytes => Bytes;

    protected override int Window => 64;

    protected override long CountPerRound => 64 * 256;

    protected override int SocketCountPerRound => 64 * 256;

    protected override double RatioMin => 0.75;

    protected override string Rate(double messagesPerSecond) => Figures.MegabytesPerSecond(messagesPerSecond * Bytes);
}
