namespace Actors.Bench.Nodes;

/// <summary>The nodes' executables as the build leaves them: the server's, and the client's in client/ beside it.</summary>
internal static class NodePrograms
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public static string Server { get; } = Path.Combine(ServerDirectory(), "ServerNode" + Suffix);

    public static string Client { get; } = Path.Combine(ServerDirectory(), "client", "ClientNode" + Suffix);

    // This program lies in bench/bin/<configuration>/<framework>.
    private static string ServerDirectory()
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string root = Path.GetFullPath(Path.Combine(framework.FullName, "..", "..", "..", ".."));
        return Path.Combine(root, "src", "ServerNode", "bin", framework.Parent!.Name, framework.Name);
    }
}
