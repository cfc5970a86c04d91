using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace ServerNode.Tests.Console;

/// <summary>One page in a browser without a window, spoken to by the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _page = new();
    private int _calls;

    private Browser(Process process, DirectoryInfo profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>Null where none is installed.</summary>
    public static string? Executable { get; } = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);

    public static async Task<Browser> OpenAsync(Uri address)
    {
        var profile = Directory.CreateTempSubdirectory("browser-");
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--window-size=1280,800",
            "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
        ];
        var process = Process.Start(new ProcessStartInfo(Executable!, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var browser = new Browser(process, profile);
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await browser._page.ConnectAsync(await browser.FindPageAsync(patience.Token), patience.Token);
            await browser.CallAsync("Page.navigate", new { url = address.AbsoluteUri });
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>What an expression of JavaScript is, and what a promise becomes.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return answer.TryGetProperty("exceptionDetails", out var details)
            ? throw new InvalidOperationException($"{expression}: {details}")
            : answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until an expression is true when the page is drawn. What it names may not be there at first.</summary>
    public Task WaitUntilAsync(string condition) => EvaluateAsync(
        $$"""
        new Promise(done => {
          const holds = () => { try { return {{condition}}; } catch { return false; } };
          const look = () => holds() ? done(true) : requestAnimationFrame(look);
          requestAnimationFrame(look);
        })
        """);

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task<Uri> FindPageAsync(CancellationToken cancel)
    {
        const string Listening = "DevTools listening on ws://";
        while (await _process.StandardError.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith(Listening, StringComparison.Ordinal))
                continue;
            // It must go on being read.
            _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var http = new HttpClient();
            var pages = JsonDocument.Parse(await http.GetStringAsync($"http://{line[Listening.Length..].Split('/')[0]}/json/list", cancel));
            return new Uri(pages.RootElement.EnumerateArray().First(page => page.GetProperty("type").GetString() == "page").GetProperty("webSocketDebuggerUrl").GetString()!);
        }
        throw new InvalidOperationException("the browser ended");
    }

    private async Task<JsonElement> CallAsync(string method, object parameters)
    {
        using var patience = new CancellationTokenSource(Patience);
        var id = ++_calls;
        await _page.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            var buffer = new byte[65_536];
            do
            {
                part = await _page.ReceiveAsync(buffer.AsMemory(), patience.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var answer = JsonDocument.Parse(message.ToArray()).RootElement;
            if (answer.TryGetProperty("id", out var to) && to.GetInt32() == id)
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {answer}");
        }
    }
}
