using Actors.Messages;
using Actors.NodeShell;
using Actors.Server;

namespace ServerNode.Tests.Console;

/// <summary>What the page does in a browser.</summary>
public sealed class ConsolePageTests
{
    private const int Clients = 5;
    private const int Lines = 150;

    private const string AllShowTheirNewestLine =
        "panels.size > 0 && [...panels.values()].every(panel => panel.log.scrollHeight - panel.log.scrollTop - panel.log.clientHeight < 2)";

    // Layout, scrolling and resizing that are due are done after two frames.
    private const string TwoFrames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

    private readonly StoryBoard _board = new();

    [BrowserFact(Timeout = 180_000)]
    public async Task Panels_of_a_page_that_is_opened_late_show_the_newest_lines_and_go_on_doing_so()
    {
        await using var console = await TestConsole.StartAsync(new HostAddress("127.0.0.1", 0), _board);
        for (uint client = 1; client <= Clients; client++)
        {
            _board.Joined(client, $"Client {client}");
            Tell(client, 1, Lines);
        }
        await using var browser = await Browser.OpenAsync(console.Address);
        await browser.WaitUntilAsync($"panels.size === {Clients + 1} && panels.get(1).count === {Lines}");
        await browser.EvaluateAsync(TwoFrames);
        Assert.True((await browser.EvaluateAsync(AllShowTheirNewestLine)).GetBoolean());

        Tell(1, Lines + 1, 5);
        await browser.WaitUntilAsync($"panels.get(1).count === {Lines + 5}");
        await browser.EvaluateAsync(TwoFrames);
        Assert.True((await browser.EvaluateAsync(AllShowTheirNewestLine)).GetBoolean());
    }

    [BrowserFact(Timeout = 180_000)]
    public async Task A_panel_that_is_scrolled_up_stays_there_until_it_is_scrolled_down_again()
    {
        await using var console = await TestConsole.StartAsync(new HostAddress("127.0.0.1", 0), _board);
        _board.Joined(1, "Client 1");
        Tell(1, 1, Lines);
        await using var browser = await Browser.OpenAsync(console.Address);
        await browser.WaitUntilAsync($"panels.size === 2 && panels.get(1).count === {Lines}");
        await browser.EvaluateAsync(TwoFrames);
        await browser.EvaluateAsync("panels.get(1).log.scrollTop = 0");
        await browser.EvaluateAsync(TwoFrames);
        Tell(1, Lines + 1, 5);
        await browser.WaitUntilAsync($"panels.get(1).count === {Lines + 5}");
        await browser.EvaluateAsync(TwoFrames);
        Assert.Equal(0, (await browser.EvaluateAsync("panels.get(1).log.scrollTop")).GetDouble());

        await browser.EvaluateAsync("panels.get(1).log.scrollTop = panels.get(1).log.scrollHeight");
        await browser.EvaluateAsync(TwoFrames);
        Tell(1, Lines + 6, 5);
        await browser.WaitUntilAsync($"panels.get(1).count === {Lines + 10}");
        await browser.EvaluateAsync(TwoFrames);
        Assert.True((await browser.EvaluateAsync(AllShowTheirNewestLine)).GetBoolean());
    }

    [BrowserFact(Timeout = 180_000)]
    public async Task A_server_that_is_gone_is_away_and_so_are_all_clients_until_it_is_back()
    {
        var console = await TestConsole.StartAsync(new HostAddress("127.0.0.1", 0), _board);
        var address = new HostAddress("127.0.0.1", console.Address.Port);
        _board.Joined(1, "Client 1");
        await using var browser = await Browser.OpenAsync(console.Address);
        await browser.WaitUntilAsync("panels.size === 2 && panels.get(0).connected && panels.get(1).connected");

        await console.DisposeAsync();
        await browser.WaitUntilAsync("document.querySelectorAll('.panel.away').length === 2 && document.querySelector('.server .state').textContent === 'away'");

        await using var back = await TestConsole.StartAsync(address, _board);
        await browser.WaitUntilAsync("panels.size === 2 && document.querySelectorAll('.panel.away').length === 0");
    }

    private void Tell(uint client, int first, int count)
    {
        var report = new StoryReport();
        for (var number = first; number < first + count; number++)
            report.Lines.Add(new StoryReportLine { Number = (ulong)number, Text = $"Updating local copy: a/rather/long/way/to/a/file-{number}.txt (version {number})" });
        _board.Told(client, report);
    }
}
