using System.Net;
using Actors.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Server;

/// <summary>
/// The console page: the server's and each client's story side by side, live. It listens on this machine only, and
/// only shows: there is nothing in it that changes anything.
/// </summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _web;
    private readonly IDisposable _story;

    private ConsoleServer(WebApplication web, IDisposable story)
    {
        _web = web;
        _story = story;
    }

    /// <summary>Where the page is: "http://127.0.0.1:2347/".</summary>
    public Uri Address => new(_web.Urls.Single());

    /// <param name="address">A loopback address; port 0 takes a free one.</param>
    /// <param name="story">The server's own story.</param>
    /// <param name="board">What the page shows.</param>
    /// <exception cref="UsageException">The address is not on this machine alone.</exception>
    /// <exception cref="FailureException">The address cannot be listened on.</exception>
    public static async Task<ConsoleServer> StartAsync(HostAddress address, StoryFeed story, StoryBoard board)
    {
        if (!address.IsLoopback)
        {
            throw new UsageException(
                $"the console would be readable from other machines at {address}", "--console", "give it a loopback address such as 127.0.0.1:2347, or off");
        }
        var web = Build(address.AsNumber());
        web.Use(PageSecurity.Guard);
        PageFiles.Map(web);
        web.MapGet("/events", context => new BoardStream(board, web.Lifetime.ApplicationStopping).SendAsync(context));
        var subscription = story.Subscribe(board.Told);
        try
        {
            await web.StartAsync();
        }
        catch (IOException e)
        {
            subscription.Dispose();
            await web.DisposeAsync();
            throw new FailureException(
                $"the console cannot listen: {e.Message}", $"--console {address}", "end what uses the port, or give another one, or off", e);
        }
        return new ConsoleServer(web, subscription);
    }

    public async ValueTask DisposeAsync()
    {
        _story.Dispose();
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    // An empty builder: no configuration files, no environment variables, no logging decide how the page is served.
    private static WebApplication Build(HostAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NodeOwnsTheProcess>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(IPAddress.Parse(address.Host), address.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    // The web host would otherwise take the process's signals for itself.
    private sealed class NodeOwnsTheProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
