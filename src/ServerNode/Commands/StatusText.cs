using System.Text;
using System.Text.Json;
using Actors.Common;

namespace Actors.Server.Commands;

/// <summary>A server's status for people.</summary>
internal static class StatusText
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var status = document.RootElement;
        var text = new StringBuilder();
        text.Append($"Server on {status.GetProperty("listen")}, data in {status.GetProperty("data")}, up {TimeSpan.FromSeconds(status.GetProperty("uptime_s").GetInt64())}");
        if (!status.GetProperty("can_write").GetBoolean())
            text.Append($"\nIt cannot write: {status.GetProperty("cannot_write_reason")}");
        if (status.GetProperty("refused").GetInt64() is > 0 and var refused)
            text.Append($"\nIt has refused {refused} frames, messages and connections that nodes do not send: see its log");
        foreach (var share in status.GetProperty("shares").EnumerateArray())
            text.Append($"\nShare {share.GetProperty("name")}: version {share.GetProperty("head")}, {Count(share, "files", "file")} with {Count(share, "bytes", "byte")}, epoch {share.GetProperty("epoch")}");
        text.Append($"\n{Counted.Of(status.GetProperty("clients_connected").GetInt64(), "client is", "clients are")} connected");
        foreach (var client in status.GetProperty("clients").EnumerateArray())
            text.Append($"\n{client.GetProperty("name")} from {client.GetProperty("address")}: share {client.GetProperty("share")}, has version {client.GetProperty("cursor")}, {Count(client, "pushes_open", "push", "pushes")} open");
        return text.ToString();
    }

    private static string Count(JsonElement of, string property, string one, string? many = null) => Counted.Of(of.GetProperty(property).GetInt64(), one, many);
}
