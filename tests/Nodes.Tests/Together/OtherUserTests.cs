using System.Diagnostics;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>A node without rights, and files of root's in its replica: the kernel does not tell it who writes them.</summary>
public sealed class OtherUserTests : Playground
{
    [OtherUserFact(Timeout = 180_000)]
    public async Task What_roots_program_writes_into_a_file_that_an_update_has_displaced_is_kept_as_a_copy()
    {
        var (_, address) = await StartServerAsync();
        var replica = await MakeReplicaOfOtherUserAsync();
        await using var program = new FileStream(Path.Combine(replica, "app.log"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        program.Write("started\n"u8);
        var node = Start(OtherUserFactAttribute.SetPrivileges, [.. OtherUserFactAttribute.Arguments, Executables.Client, "run", replica, "--server", address]);
        await node.LineAsync("Connected with server as ");
        await SyncAsync("theirs");
        Assert.Contains("cannot tell who writes: app.log", await StatusAsync());
        await StartClientAsync("b", address);
        await SyncAsync("b");

        await File.WriteAllTextAsync(PathOf("b", "app.log"), "cut by another client\n");
        await SyncAsync("b");
        await SyncAsync("theirs");
        Assert.Contains("kept aside: app.log", await StatusAsync());

        for (var line = 1; line <= 10; line++)
            program.Write(System.Text.Encoding.ASCII.GetBytes($"line {line}\n"));
        await node.LineAsync("app (conflict of");
        await SyncAsync("theirs");
        await SyncAsync("b");
        Assert.Equal("cut by another client\n", Files("b")["app.log"]);
        var copy = Assert.Single(Files("b"), file => file.Key.StartsWith("app (conflict", StringComparison.Ordinal));
        Assert.StartsWith("started\nline 1\n", copy.Value);
        Assert.EndsWith("line 10\n", copy.Value);
    }

    [OtherUserFact(Timeout = 180_000)]
    public async Task A_directory_of_roots_that_may_not_be_looked_into_is_held_and_everything_else_goes_on()
    {
        var (_, address) = await StartServerAsync();
        var replica = await MakeReplicaOfOtherUserAsync();
        await MakeLostAndFoundAsync(replica);
        var node = Start(OtherUserFactAttribute.SetPrivileges, [.. OtherUserFactAttribute.Arguments, Executables.Client, "run", replica, "--server", address]);
        await node.LineAsync("Connected with server as ");
        await node.LineAsync("Not synced: lost+found");
        await StartClientAsync("b", address);
        await File.WriteAllTextAsync(PathOf("b", "from-b"), "text");
        await File.WriteAllTextAsync(PathOf("theirs", "from-theirs"), "text");
        await SyncAsync("b");
        await SyncAsync("theirs");
        await SyncAsync("b");
        Assert.Equal(["from-b", "from-theirs"], Files("b").Keys.Order());
        Assert.Equal("text", await File.ReadAllTextAsync(PathOf("theirs", "from-b")));
        Assert.Contains("lost+found: this node may not read or change it", await StatusAsync());

        Directory.CreateDirectory(PathOf("theirs", "later"));
        await MakeLostAndFoundAsync(PathOf("theirs", "later"));
        await node.LineAsync("Not synced: later/lost+found");
        await File.WriteAllTextAsync(PathOf("b", "from-b"), "more");
        await SyncAsync("b");
        await SyncAsync("theirs");
        Assert.Equal("more", await File.ReadAllTextAsync(PathOf("theirs", "from-b")));
        Assert.DoesNotContain(node.Lines(), line => line.Contains("Stopped"));
    }

    /// <summary>As mkfs makes one.</summary>
    private static async Task MakeLostAndFoundAsync(string directory)
    {
        using var made = Process.Start("mkdir", ["-m", "700", Path.Combine(directory, "lost+found")]);
        await made.WaitForExitAsync();
        Assert.Equal(0, made.ExitCode);
    }

    private async Task<string> StatusAsync() => (await RunningNode.RunAsync(Executables.Client, "status", PathOf("theirs"))).Output;

    /// <summary>In "theirs": the other user may do everything in it.</summary>
    private async Task<string> MakeReplicaOfOtherUserAsync()
    {
        var replica = Directory.CreateDirectory(PathOf("theirs")).FullName;
        using var owned = Process.Start("chown", [$"{OtherUserFactAttribute.UserId}", replica]);
        await owned.WaitForExitAsync();
        Assert.Equal(0, owned.ExitCode);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        return replica;
    }
}
