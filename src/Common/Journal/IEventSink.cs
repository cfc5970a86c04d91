namespace Actors.Common;

/// <summary>Takes the stamped lines of a history, in order, one at a time. Must not wait.</summary>
public interface IEventSink
{
    /// <param name="json">One JSON object in UTF-8, without the line break.</param>
    void Write(ReadOnlySpan<byte> json);
}
