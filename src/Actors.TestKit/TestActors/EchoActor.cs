using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Passes what it gets on to the test actor, and also back to its sender.</summary>
public class EchoActor : ReceiveActor
{
    /// <summary>Creates the actor.</summary>
    /// <param name="testkit">Whose test actor hears of everything.</param>
    /// <param name="echoBackToSenderAsWell">Whether senders other than the test actor get their message back.</param>
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true)
    {
        ArgumentNullException.ThrowIfNull(testkit);
        ReceiveAny(message =>
        {
            if (echoBackToSenderAsWell && !Sender.Equals(testkit.TestActor))
                Sender.Forward(message);
            testkit.TestActor.Forward(message);
        });
    }

    /// <summary>How to make one.</summary>
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Runtime.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}
