using Microsoft.AspNetCore.Http;

namespace Actors.Server;

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
