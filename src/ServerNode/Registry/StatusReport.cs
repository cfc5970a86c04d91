using System.Buffers;
using System.Text;
using System.Text.Json;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>What `ServerNode status --json` prints.</summary>
internal static class StatusReport
{
    // The answer has to fit a frame.
    private const int ClientsNamedMax = 250;

    public static string Json(RegistrySettings settings, RegistryState state, IReadOnlyDictionary<int, ShareSize> sizes, TimeSpan uptime, long refused)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("listen", settings.ListenAddress);
            json.WriteString("data", settings.DataDirectory);
            json.WriteNumber("uptime_s", (long)uptime.TotalSeconds);
            json.WriteBoolean("can_write", state.CannotWrite is null);
            json.WriteString("cannot_write_reason", state.CannotWrite);
            json.WriteNumber("push_bytes_waiting", state.PushBytesWaiting);
            json.WriteNumber("refused", refused);
            WriteShares(json, state, sizes);
            WriteClients(json, state);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void WriteShares(Utf8JsonWriter json, RegistryState state, IReadOnlyDictionary<int, ShareSize> sizes)
    {
        json.WriteStartArray("shares");
        foreach (var (share, head) in state.Shares)
        {
            json.WriteStartObject();
            json.WriteString("name", share.Name);
            json.WriteString("epoch", head.Epoch.ToString());
            json.WriteNumber("head", head.Seq);
            json.WriteString("chain_hash", head.Chain.ToString());
            if (sizes.TryGetValue(share.Id, out var size))
            {
                json.WriteNumber("files", size.Files);
                json.WriteNumber("folders", size.Folders);
                json.WriteNumber("bytes", size.Bytes);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteClients(Utf8JsonWriter json, RegistryState state)
    {
        json.WriteNumber("clients_connected", state.Sessions.Count);
        json.WriteStartArray("clients");
        foreach (var session in state.Sessions.OrderBy(session => session.Node.Number).Take(ClientsNamedMax))
        {
            json.WriteStartObject();
            json.WriteNumber("number", session.Node.Number);
            json.WriteString("name", session.Node.Name);
            json.WriteString("share", session.Share.Name);
            json.WriteString("address", session.Peers.Connection.Path.Address.ToString());
            json.WriteNumber("session", session.Number);
            json.WriteNumber("cursor", session.Cursor);
            json.WriteNumber("pushes_open", session.Pushes.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
