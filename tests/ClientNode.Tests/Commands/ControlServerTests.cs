using System.Buffers.Binary;
using System.Net.Sockets;
using Actors.Client.Cache;
using Actors.Client.Commands;
using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Client.Tests.FileSystem;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Tests.Commands;

public sealed class ControlServerTests : TestKit, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly ConnectionSettings Settings = new() { Server = new HostAddress("127.0.0.1", 4000), Share = "default", Instance = 1 };

    private static readonly FileSystemTraits Traits = new()
    {
        Name = "ext4",
        ExchangesNames = true,
        RenamesWithoutReplacing = true,
        KnowsWriters = true,
        IsNetwork = false,
        NamesAreBytes = true,
    };

    private static readonly ReplicaReport Report = new()
    {
        Files = 3,
        Folders = 1,
        Cursor = 7,
        Head = 9,
        PushesOpen = 0,
        Unsent = [],
        Behind = [],
        HeldBack = [],
        Held = new Dictionary<Messages.Tree.RelativePath, string>(),
    };

    private readonly TempDirectory _directory = new();
    private readonly TestProbe _connection;
    private readonly ControlServer _server;
    private IReadOnlyList<string> _stuckCalls = [];

    public ControlServerTests()
        : base("akka.loglevel = WARNING")
    {
        Directory.CreateDirectory(_directory[".actors"]);
        _connection = CreateTestProbe();
        var connection = _connection.Ref;
        _server = ControlServer.Start(_directory.Path, new ControlDesk(Settings, _directory.Path, () => connection, () => _stuckCalls));
    }

    private string SocketFile => _directory[".actors/control.sock"];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Shutdown();
        _directory.Dispose();
    }

    [Fact]
    public void Only_the_owner_may_open_the_socket() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketFile));

    [Fact]
    public async Task A_question_is_answered_in_words_and_as_json()
    {
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus();
        var reply = await asked;
        Assert.True(reply.Ok);
        Assert.Contains("at commit 7 of 9", reply.Text);
        Assert.Contains("\"cursor\":7", reply.Json);
    }

    [Fact]
    public async Task Of_many_paths_some_are_named_and_the_rest_is_counted()
    {
        var paths = Enumerable.Range(1, 51).Select(number => Messages.Tree.RelativePath.Parse($"file-{number}")).ToList();
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus(Report with { Unsent = paths, UnsentCount = 51, HeldCount = 1, Held = new Dictionary<Messages.Tree.RelativePath, string> { [paths[0]] = "why" } });
        var reply = await asked;
        Assert.Equal(20, reply.Text.Split('\n').Count(line => line.StartsWith("not committed yet: file-")));
        Assert.Contains("not committed yet: and 31 more", reply.Text);
        Assert.DoesNotContain("held: and", reply.Text);
        Assert.Contains("\"unsent_count\":51", reply.Json);
    }

    [Fact]
    public async Task One_of_anything_is_told_in_the_singular()
    {
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus(Report with { Files = 1, PushesOpen = 1 });
        Assert.Contains("1 file, 1 folder; at commit 7 of 9; 1 push open", (await asked).Text);
    }

    [Fact]
    public async Task A_node_whose_directory_was_removed_under_it_is_not_said_to_be_none()
    {
        Directory.Delete(_directory.Path, recursive: true);
        var failure = await Assert.ThrowsAsync<FailureException>(() => AskAsync(new ControlRequest { Status = new StatusQuery() }));
        Assert.Contains("the directory was removed, moved or replaced under it", failure.Message);
        await _server.DisposeAsync();
        failure = await Assert.ThrowsAsync<FailureException>(() => AskAsync(new ControlRequest { Status = new StatusQuery() }));
        Assert.Equal("there is no such directory", failure.Message);
        Directory.CreateDirectory(_directory.Path);
    }

    [Fact]
    public async Task A_call_to_the_disk_that_does_not_come_back_is_told_of_by_status()
    {
        _stuckCalls = ["stat of 'mnt' has not come back for 7 s"];
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus();
        var reply = await asked;
        Assert.Contains("Warning: the disk does not answer: stat of 'mnt' has not come back for 7 s", reply.Text);
        Assert.Contains("\"stuck_calls\":[\"stat of", reply.Json);
    }

    [Fact]
    public async Task Where_the_replica_itself_waits_for_the_disk_status_gives_the_reason_all_the_same()
    {
        _stuckCalls = ["read of 'mnt/a' has not come back for 7 s"];
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        _connection.ExpectMsg<ConnectionActor.AskConnection>(Patience);
        _connection.Reply(new ConnectionActor.ConnectionAnswer(true, 1, "Client 1", null));
        // This one is not answered.
        _connection.ExpectMsg<CacheActor.AskStatus>(Patience);
        _connection.ExpectMsg<ConnectionActor.AskConnection>(Patience);
        _connection.Reply(new ConnectionActor.ConnectionAnswer(true, 1, "Client 1", null));
        Assert.Equal("The node stands still: read of 'mnt/a' has not come back for 7 s", (await asked).Text);
    }

    [Fact]
    public async Task A_command_that_waits_holds_up_no_other()
    {
        var syncing = AskAsync(new ControlRequest { Sync = new SyncQuery { TimeoutMs = 60_000 } });
        _connection.ExpectMsg<CacheActor.Sync>(Patience);
        var syncer = _connection.LastSender;
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus();
        Assert.True((await asked).Ok);
        Assert.False(syncing.IsCompleted);
        syncer.Tell(new CacheActor.SyncAnswer(true, Report, null, true));
        Assert.True((await syncing).Ok);
    }

    [Fact]
    public async Task A_request_of_a_later_version_is_refused_in_words()
    {
        var reply = await AskAsync(new ControlRequest());
        Assert.False(reply.Ok);
        Assert.Contains("does not know the request", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task A_caller_that_sends_something_else_is_hung_up_on_and_others_are_answered(byte[] bytes)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(bytes);
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(0, await ReceiveOrResetAsync(socket, patience.Token));

        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus();
        Assert.True((await asked).Ok);
    }

    public static TheoryData<byte[]> Garbage() =>
    [
        Frame(4 * 1024 * 1024 + 1),
        Frame(int.MaxValue),
        Frame(-1),
        [.. Frame(4), 0xff, 0xff, 0xff, 0xff],
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
    ];

    [Fact]
    public async Task A_caller_that_goes_in_the_middle_of_a_request_takes_nothing_along()
    {
        using (var socket = await ConnectAsync())
            await socket.SendAsync(Frame(100));
        var asked = AskAsync(new ControlRequest { Status = new StatusQuery() });
        AnswerStatus();
        Assert.True((await asked).Ok);
    }

    [Fact]
    public async Task The_socket_goes_with_the_node()
    {
        using var socket = await ConnectAsync();
        await _server.DisposeAsync();
        Assert.False(File.Exists(SocketFile));
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(0, await ReceiveOrResetAsync(socket, patience.Token));
    }

    private Task<ControlReply> AskAsync(ControlRequest request) => ControlClient.AskAsync(_directory.Path, request, Patience);

    private void AnswerStatus(ReplicaReport? report = null)
    {
        _connection.ExpectMsg<ConnectionActor.AskConnection>(Patience);
        _connection.Reply(new ConnectionActor.ConnectionAnswer(true, 1, "Client 1", null));
        _connection.ExpectMsg<CacheActor.AskStatus>(Patience);
        _connection.Reply(new CacheActor.StatusAnswer(report ?? Report, null, null, null, Traits, 0));
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketFile));
        return socket;
    }

    /// <summary>0: the other side has hung up.</summary>
    private static async Task<int> ReceiveOrResetAsync(Socket socket, CancellationToken cancel)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], cancel);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private static byte[] Frame(int length)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, length);
        return head;
    }
}
