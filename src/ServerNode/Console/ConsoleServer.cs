using System.Net;
using Actors.NodeShell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
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

/// <summary>
/// A page on a loopback port is within reach of every web page in the user's browser. So: names other than this
/// machine's are refused (a foreign name that resolves to 127.0.0.1 reads nothing), other sites' scripts get nothing,
/// and the page itself may load only what the server serves.
/// </summary>
internal static class PageSecurity
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task Guard(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";

        if (!IsThisMachine(context.Request.Host.Host))
            return Refuse(context, StatusCodes.Status421MisdirectedRequest, "This page answers to 127.0.0.1 and localhost only.");
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return Refuse(context, StatusCodes.Status405MethodNotAllowed, "This page can only be read.");
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && context.Request.Headers["Sec-Fetch-Mode"] != "navigate")
            return Refuse(context, StatusCodes.Status403Forbidden, "Other sites cannot read this page.");
        return next(context);
    }

    private static bool IsThisMachine(string host) => host is "127.0.0.1" or "localhost" or "[::1]" or "::1";

    private static Task Refuse(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}

/// <summary>The page's files, embedded in the executable.</summary>
internal static class PageFiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Serve(routes, "/", "index.html", "text/html; charset=utf-8");
        Serve(routes, "/console.css", "console.css", "text/css; charset=utf-8");
        Serve(routes, "/console.js", "console.js", "text/javascript; charset=utf-8");
        Serve(routes, "/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void Serve(IEndpointRouteBuilder routes, string path, string file, string contentType)
    {
        var content = Read(file);
        RequestDelegate send = context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = content.Length;
            return HttpMethods.IsHead(context.Request.Method)
                ? Task.CompletedTask
                : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
        };
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], send);
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream("console/" + file)
            ?? throw new InvalidOperationException($"The page's {file} is not embedded.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
