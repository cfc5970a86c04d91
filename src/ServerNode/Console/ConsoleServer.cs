using System.Net;
using Actors.NodeShell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Server;

/// <summary>
/// The console page: the server's and each client's story side by side, live. It listens on this machine only, and
/// only shows: there is nothing in it that changes anything.
/// </summary>
internal static class ConsoleServer
{
    /// <param name="builder">Of the host that serves the page.</param>
    /// <param name="address">A loopback address; port 0 takes a free one.</param>
    /// <param name="board">What the page shows.</param>
    /// <exception cref="UsageException">The address is not on this machine alone.</exception>
    public static IHostBuilder UseConsole(this IHostBuilder builder, HostAddress address, StoryBoard board)
    {
        if (!address.IsLoopback)
        {
            throw new UsageException(
                $"the console would be readable from other machines at {address}", "--console", "give it a loopback address such as 127.0.0.1:2347, or off");
        }
        return builder.ConfigureWebHost(
            web => web
                .UseSetting(WebHostDefaults.PreventHostingStartupKey, "true")
                .UseKestrelCore()
                .ConfigureKestrel(kestrel => Listen(kestrel, address.AsNumber()))
                .ConfigureServices(services => services.AddRoutingCore())
                .Configure(Serve(board)),
            // How the page is served is not for environment variables to say.
            options => options.SuppressEnvironmentConfiguration = true);
    }

    /// <summary>Where the page is: "http://127.0.0.1:2347/"; null where the host serves none.</summary>
    public static Uri? AddressOf(IHost host) =>
        host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { } feature ? new Uri(feature.Addresses.Single()) : null;

    private static void Listen(KestrelServerOptions kestrel, HostAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 64;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(IPAddress.Parse(address.Host), address.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static Action<IApplicationBuilder> Serve(StoryBoard board) => page => page
        .Use(PageSecurity.Guard)
        .UseRouting()
        .UseEndpoints(routes =>
        {
            PageFiles.Map(routes);
            var life = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
            routes.MapGet("/events", context => BoardStream.SendAsync(context, board, life.ApplicationStopping));
        });
}
