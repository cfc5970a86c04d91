namespace Actors.Common;

/// <summary>Takes the told lines of a journal, in order, one at a time. Must not wait.</summary>
public interface IStorySink
{
    void Narrate(in StoryLine line);
}
