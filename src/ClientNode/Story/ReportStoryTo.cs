namespace Actors.Client.Story;

/// <summary>To the story reporter: this session takes the story from now on; null: none does, so keep the newest lines.</summary>
internal sealed record ReportStoryTo(IActorRef? Session, ulong SessionNumber)
{
    public static readonly ReportStoryTo Nobody = new(null, 0);
}
