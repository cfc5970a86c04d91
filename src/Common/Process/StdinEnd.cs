namespace Actors.Common;

/// <summary>
/// Notices that whoever started this process is gone: standard input is a pipe that the parent holds, and the
/// operating system closes it however the parent ends.
/// </summary>
internal static class StdinEnd
{
    /// <summary>Ends when standard input does. Takes a thread of its own, because the read blocks.</summary>
    public static Task Wait()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Read(ended)) { Name = "stdin", IsBackground = true }.Start();
        return ended.Task;
    }

    private static void Read(TaskCompletionSource ended)
    {
        using var stdin = Console.OpenStandardInput();
        var ignored = new byte[256];
        try
        {
            while (stdin.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken standard input is an ended one.
        }
        ended.TrySetResult();
    }
}
