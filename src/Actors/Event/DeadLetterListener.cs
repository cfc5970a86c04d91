using System.Globalization;
using Actors.Runtime;

namespace Actors.Event;

/// <summary>Logs dead letters, dropped ones too, up to a number; then there is a pause.</summary>
internal sealed class DeadLetterListener : UntypedActor
{
    private int _max;
    private int _count;
    private int _unlogged;
    private TimeSpan _pause;
    private TimeSpan? _pauseEnd;

    protected override void PreStart()
    {
        Settings settings = Context.System.Settings;
        _max = settings.LogDeadLetters;
        _pause = settings.LogDeadLettersSuspendDuration;
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(Dropped));
    }

    protected override void OnReceive(object message)
    {
        if (message is not AllDeadLetters letter)
            return;
        if (_pauseEnd is { } end)
        {
            if (Context.System.Scheduler.MonotonicClock < end)
            {
                _unlogged++;
                return;
            }
            _pauseEnd = null;
            _count = 0;
        }
        _count++;
        string done = "";
        if (_max != int.MaxValue)
        {
            done = string.Create(CultureInfo.InvariantCulture, $" [{_count}] dead letters encountered{(_unlogged > 0 ? $", of which {_unlogged} were not logged" : "")}");
            if (_count >= _max)
                done += EndOfRound();
        }
        Log(letter, done);
        _unlogged = 0;
    }

    private string EndOfRound()
    {
        if (_pause == Timeout.InfiniteTimeSpan)
        {
            _pauseEnd = TimeSpan.MaxValue;
            return ", no more dead letters will be logged";
        }
        _pauseEnd = Context.System.Scheduler.MonotonicClock + _pause;
        return $", no more dead letters will be logged in next [{_pause}]";
    }

    private static void Log(AllDeadLetters letter, string done)
    {
        string why = letter is Dropped dropped ? $"dropped: {dropped.Reason}" : "not delivered";
        string text = $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} was {why}.{done}. "
            + "If this is not an expected behavior then the recipient may have terminated unexpectedly. "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'.";
        string source = letter.Recipient.Path.ToString();
        Context.System.EventStream.Publish(new Info(source, letter.Recipient.GetType(), text));
    }
}
