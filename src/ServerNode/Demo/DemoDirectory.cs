using Actors.NodeShell;

namespace Actors.Server.Demo;

/// <summary>
/// The demo's directory: server-data, and a replica for each client. A new one starts with one identical notes.txt in
/// each replica; in an existing one nothing is touched, and a replica that it did not have starts empty.
/// </summary>
internal sealed class DemoDirectory
{
    public const string NotesName = "notes.txt";

    private const string Notes =
        """
        These are the notes of this demo.
        Edit them in one replica, and watch the others follow.

        """;

    private DemoDirectory(string root, IReadOnlyList<string> replicas)
    {
        Root = root;
        Replicas = replicas;
    }

    public string Root { get; }

    public string ServerData => Path.Combine(Root, "server-data");

    /// <summary>The first client's replica first.</summary>
    public IReadOnlyList<string> Replicas { get; }

    /// <exception cref="FailureException">The directory holds something else, or cannot be written.</exception>
    public static DemoDirectory Prepare(string root, int clients)
    {
        var demo = new DemoDirectory(root, [.. Enumerable.Range(1, clients).Select(number => Path.Combine(root, $"client-{number}"))]);
        try
        {
            var isNew = !Directory.Exists(demo.ServerData);
            if (isNew && Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Except(demo.Replicas).Any())
                throw new FailureException("the directory holds something else than an earlier demo", $"--dir {root}", "name a directory that is empty or does not exist yet");
            foreach (var replica in demo.Replicas)
            {
                Directory.CreateDirectory(replica);
                var notes = Path.Combine(replica, NotesName);
                if (isNew && !File.Exists(notes))
                    File.WriteAllText(notes, Notes);
            }
            // Last: only a demo whose replicas are complete counts as an existing one.
            Directory.CreateDirectory(demo.ServerData);
            return demo;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"the demo's directory cannot be made: {e.Message}", $"--dir {root}", "name a directory that may be written", e);
        }
    }
}
