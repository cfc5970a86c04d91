using System.Globalization;
using Actors.Runtime;

namespace Actors.Event;

/// <summary>Logs dead letters, dropped and unhandled messages too, up to a number; then there is a pause.</summary>
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
    }

    protected override void OnReceive(object message)
    {
        if (message is not AllDeadLetters letter || letter.Message is IDeadLetterSuppression)
            return;
        if (_pauseEnd is { } end)
        {
            if (Context.System.Scheduler.MonotonicClock < end)
            {
                _unlogged++;
                return;
            }
            EndPause(letter);
            return;
        }
        _count++;
        Log(letter, _count >= _max && _max != int.MaxValue ? EndOfRound() : "");
    }

    /// <summary>The first after a pause is logged with how many there were in the round, and the next round begins.</summary>
    private void EndPause(AllDeadLetters letter)
    {
        _count += _unlogged + 1;
        Log(letter, string.Create(CultureInfo.InvariantCulture, $", of which {_unlogged} were not logged. The counter will be reset now"));
        (_pauseEnd, _count, _unlogged) = (null, 0, 0);
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

    private void Log(AllDeadLetters letter, string done)
    {
        bool isLost = letter is DeadLetter;
        string wrapping = letter.Message is IWrappedMessage ? $" wrapped in [${letter.Message.GetType().Name}]" : "";
        string from = IsSomebody(letter.Sender) ? $" from {letter.Sender}" : "";
        string to = isLost || IsSomebody(letter.Recipient) ? $" to {letter.Recipient}" : "";
        string why = letter switch
        {
            Dropped dropped => $"dropped. {dropped.Reason}",
            UnhandledMessage => "unhandled",
            _ => "not delivered",
        };
        string hint = isLost ? $"If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. " : "";
        string text = string.Create(CultureInfo.InvariantCulture,
            $"Message [{WrappedMessage.Unwrap(letter.Message).GetType().Name}]{wrapping}{from}{to} was {why}. [{_count}] dead letters encountered{done}. {hint}"
            + $"This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'.");
        Context.System.EventStream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), text));
    }

    private static bool IsSomebody(IActorRef? actor) => actor is not (null or DeadLetterActorRef);
}
