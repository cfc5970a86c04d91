using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.NodeShell;

/// <summary>
/// Appends a history to a file, one JSON object a line, flushed to the operating system line by line. At most 65,536
/// lines wait for the disk; further ones are dropped, and an event "gap" says how many.
/// </summary>
public sealed class EventFile : IEventSink, IDisposable
{
    private const int LinesWaitingMax = 65_536;

    private readonly TimeProvider _clock;
    private readonly FileStream _file;
    private readonly BoundedQueueThread<byte[]> _lines;
    private readonly Action<string> _complain;
    private bool _failed;

    private EventFile(TimeProvider clock, FileStream file, Action<string> complain)
    {
        _clock = clock;
        _file = file;
        _complain = complain;
        _lines = new BoundedQueueThread<byte[]>("events", LinesWaitingMax, Append);
    }

    /// <param name="path">The file; made if it is not there, appended to if it is.</param>
    /// <param name="clock">Stamps gaps.</param>
    /// <param name="complain">Told once if the file cannot be written any more; the node goes on without a history.</param>
    /// <exception cref="UsageException">The file cannot be opened for writing.</exception>
    public static EventFile Open(string path, TimeProvider clock, Action<string> complain)
    {
        try
        {
            // Read and write shared: people follow the file while it grows, and a restarted node appends to it.
            var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return new EventFile(clock, file, complain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the events cannot be written: {e.Message}", $"--events {path}", "name a file in a directory that exists and may be written");
        }
    }

    public void Write(ReadOnlySpan<byte> json)
    {
        var line = new byte[json.Length + 1];
        json.CopyTo(line);
        line[^1] = (byte)'\n';
        _lines.Add(line);
    }

    public void Dispose()
    {
        _lines.Dispose();
        _file.Dispose();
    }

    private void Append(byte[] line)
    {
        if (_failed)
            return;
        try
        {
            _file.Write(line);
            if (_lines.TakeDropped() is > 0 and var dropped)
                _file.Write(Gap(dropped));
        }
        catch (IOException e)
        {
            _failed = true;
            _complain($"The events file cannot be written any more and ends here: {e.Message}");
        }
    }

    private ReadOnlySpan<byte> Gap(long dropped)
    {
        var json = new ArrayBufferWriter<byte>(256);
        var gap = new NodeEvent(NodeEventType.Info, EventNames.Gap) { Bytes = dropped };
        EventLine.Write(json, gap, "", _clock.GetUtcNow(), _clock.MonotonicNanoseconds());
        json.Write("\n"u8);
        return json.WrittenSpan;
    }
}

/// <summary>Takes the stamped lines of a history, in order, one at a time. Must not wait.</summary>
public interface IEventSink
{
    /// <param name="json">One JSON object in UTF-8, without the line break.</param>
    void Write(ReadOnlySpan<byte> json);
}

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
