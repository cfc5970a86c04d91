using System.Buffers.Binary;

namespace Actors.Remote;

/// <summary>Whole control frames, length prefix included.</summary>
internal static class ControlFrames
{
    public static readonly byte[] Heartbeat = Build(ControlCommand.Heartbeat, []);
    public static readonly byte[] Disassociate = Build(ControlCommand.Disassociate, []);
    public static readonly byte[] DisassociateShuttingDown = Build(ControlCommand.DisassociateShuttingDown, []);
    public static readonly byte[] DisassociateQuarantined = Build(ControlCommand.DisassociateQuarantined, []);

    public static byte[] Associate(Handshake handshake) => Build(ControlCommand.Associate, handshake.ToBytes());

    private static byte[] Build(ControlCommand command, byte[] handshake)
    {
        var instruction = WireWriter.VarintFieldSize((ulong)command) + WireWriter.BytesFieldSize(handshake.Length);
        var body = WireWriter.MessageFieldSize(instruction);
        var frame = new byte[FrameBuffer.HeaderBytes + body];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body);
        var writer = new WireWriter(frame.AsSpan(FrameBuffer.HeaderBytes));
        writer.Open(2, instruction);
        writer.Varint(1, (ulong)command);
        writer.Bytes(2, handshake);
        return frame;
    }
}
