using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Common;

/// <summary>
/// Writes an event as the one JSON object of its line. All fields are always there, in one order; what an event does
/// not have is null.
/// </summary>
internal static class EventLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, NodeEvent e, string node, DateTimeOffset at, long monotonicNanoseconds)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("t", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
        json.WriteNumber("mono_ns", monotonicNanoseconds);
        json.WriteString("node", node);
        json.WriteString("epoch", e.Epoch);
        json.WriteString("op", e.Op);
        json.WriteString("type", Word(e.Type));
        json.WriteString("event", e.Name);
        json.WriteString("share", e.Share);
        json.WriteString("path", e.Path);
        WriteNumber(json, "version", e.Version);
        WriteNumber(json, "seq", e.Seq);
        json.WriteString("hash", e.Hash);
        if (e.Bytes is { } bytes)
            json.WriteNumber("bytes", bytes);
        else
            json.WriteNull("bytes");
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, ulong? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Word(NodeEventType type) => type switch
    {
        NodeEventType.Invoke => "invoke",
        NodeEventType.Ok => "ok",
        NodeEventType.Fail => "fail",
        _ => "info",
    };
}
