namespace Nodes.Tests.Processes;

/// <summary>The executables as the build leaves them: the server's, and the client's in client/ beside it.</summary>
internal static class Executables
{
    private static readonly string ServerDirectory =
        AppContext.BaseDirectory.Replace(Path.Combine("tests", "Nodes.Tests"), Path.Combine("src", "ServerNode"));

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public static string Server { get; } = Path.Combine(ServerDirectory, "ServerNode" + Suffix);

    public static string Client { get; } = Path.Combine(ServerDirectory, "client", "ClientNode" + Suffix);
}
