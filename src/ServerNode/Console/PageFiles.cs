using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Server;

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
