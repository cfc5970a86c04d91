namespace Actors.Runtime;

/// <summary>The mailbox of the actor was full, and its policy is to fail.</summary>
public class MailboxOverflowException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public MailboxOverflowException(string message) : base(message) { }
}
