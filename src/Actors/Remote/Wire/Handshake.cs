using System.Text;

namespace Actors.Remote;

/// <summary>Who sends an ASSOCIATE: system, host, port and protocol as advertised, and the uid of its incarnation.</summary>
internal sealed record Handshake(string System, string Hostname, int Port, string Protocol, long Uid)
{
    /// <summary>Reads an AkkaHandshakeInfo; null when malformed or when no peer can have such an address.</summary>
    public static Handshake? Parse(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        ReadOnlySpan<byte> origin = default;
        long uid = 0;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    origin = reader.ReadBytes();
                    break;
                case 2:
                    uid = reader.ReadFixed64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return reader.Failed ? null : ParseOrigin(origin, uid);
    }

    private static Handshake? ParseOrigin(ReadOnlySpan<byte> origin, long uid)
    {
        var reader = new WireReader(origin);
        string system = "", hostname = "", protocol = "";
        ulong port = 0;
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1:
                    system = Text(reader.ReadBytes());
                    break;
                case 2:
                    hostname = Text(reader.ReadBytes());
                    break;
                case 3:
                    port = reader.ReadVarint();
                    break;
                case 4:
                    protocol = Text(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        var plausible = !reader.Failed && system != "" && hostname != "" && port is > 0 and <= ushort.MaxValue;
        return plausible ? new Handshake(system, hostname, (int)port, protocol, uid) : null;
    }

    /// <summary>Text of an address; empty, and so refused, when it is longer or stranger than an address can be.</summary>
    private static string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 255)
            return "";
        foreach (var b in utf8)
        {
            if (b is <= (byte)' ' or (byte)'/' or (byte)'@' or (byte)'#' or >= 0x7f)
                return "";
        }
        return Encoding.ASCII.GetString(utf8);
    }

    /// <summary>The AkkaHandshakeInfo of this handshake.</summary>
    public byte[] ToBytes()
    {
        var originBytes = new byte[3 * 256 + 32];
        var origin = new WireWriter(originBytes);
        origin.Bytes(1, Encoding.UTF8.GetBytes(System));
        origin.Bytes(2, Encoding.UTF8.GetBytes(Hostname));
        origin.Varint(3, (ulong)Port);
        origin.Bytes(4, Encoding.UTF8.GetBytes(Protocol));
        var infoBytes = new byte[WireWriter.MessageFieldSize(origin.Written) + WireWriter.Fixed64FieldSize(Uid)];
        var info = new WireWriter(infoBytes);
        info.Message(1, originBytes.AsSpan(0, origin.Written));
        info.Fixed64(2, Uid);
        return infoBytes;
    }
}
