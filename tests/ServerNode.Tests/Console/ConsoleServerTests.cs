using System.Net;
using Actors.Messages;
using Actors.NodeShell;
using Actors.Server;
using Actors.Server.Commands;
using Actors.Server.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServerNode.Tests.Console;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "IAsyncLifetime disposes.")]
public sealed class ConsoleServerTests : IAsyncLifetime
{
    private static readonly HostAddress AnyPort = new("127.0.0.1", 0);

    private readonly StoryFeed _story = new();
    private readonly StoryBoard _board = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private TestConsole _console = null!;

    public async Task InitializeAsync()
    {
        _story.Subscribe(_board.Told);
        _console = await TestConsole.StartAsync(AnyPort, _board);
    }

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        _http.Dispose();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("", "text/html")]
    [InlineData("console.css", "text/css")]
    [InlineData("console.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task The_page_and_all_that_it_loads_come_from_the_server_itself(string path, string type)
    {
        using var response = await _http.GetAsync(new Uri(_console.Address, path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example:80", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:9", HttpStatusCode.OK)]
    public async Task Only_this_machines_names_are_answered(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _console.Address);
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task Other_sites_cannot_read_the_stories()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_console.Address, "events"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "no-cors");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_can_be_changed_through_the_page()
    {
        using var response = await _http.PostAsync(_console.Address, null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_watcher_gets_the_whole_board_and_then_each_line_as_it_is_told()
    {
        _story.Narrate(new StoryLine(1, DateTimeOffset.UnixEpoch, "before"));
        _board.Joined(1, "Client 1");
        using var reader = new StreamReader(await _http.GetStreamAsync(new Uri(_console.Address, "events")));

        Assert.Contains("\"text\":\"before\"", await NextData(reader));

        _story.Narrate(new StoryLine(2, DateTimeOffset.UnixEpoch, "after"));
        Assert.Contains("\"text\":\"after\"", await NextData(reader));

        _board.Told(1, new StoryReport { Lines = { new StoryReportLine { Number = 1, Text = "<b>" } } });
        Assert.Contains("\"node\":1,", await NextData(reader));

        _board.Left(1);
        Assert.Contains("\"connected\":false", await NextData(reader));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_open_page_does_not_hold_up_the_end()
    {
        using var reader = new StreamReader(await _http.GetStreamAsync(new Uri(_console.Address, "events")));
        await NextData(reader);

        await _console.DisposeAsync();

        Assert.Null(await NextData(reader));
        _console = await TestConsole.StartAsync(AnyPort, _board);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_page_that_does_not_read_does_not_hold_up_the_end()
    {
        using var stopping = new CancellationTokenSource();
        using var body = new FullStream();
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        var sending = BoardStream.SendAsync(context, _board, stopping.Token);
        await body.Blocked;

        await stopping.CancelAsync();

        await sending;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_port_in_use_is_a_failure_that_names_it()
    {
        using var directory = new TemporaryDirectory();
        using var journals = JournalSet.Open("Server", "Server", eventsPath: null);
        var settings = ServerSettings.Load(null, "127.0.0.1:0", _console.Address.Authority, Path.Combine(directory.Path, "data"));

        var e = await Assert.ThrowsAsync<FailureException>(() => ServerHost.StartAsync(settings, journals));

        Assert.Contains(_console.Address.Authority, e.Where);
    }

    [Fact]
    public void An_address_that_others_can_reach_is_refused() =>
        Assert.Throws<UsageException>(() => new HostBuilder().UseConsole(new HostAddress("0.0.0.0", 0), _board));

    private static async Task<string?> NextData(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return line;
        }
        return null;
    }

    /// <summary>What a socket is whose peer does not read: nothing more can be written.</summary>
    private sealed class FullStream : MemoryStream
    {
        private readonly TaskCompletionSource _blocked = new();

        public Task Blocked => _blocked.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _blocked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
