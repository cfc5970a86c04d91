using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Actors.Messages;
using Actors.NodeShell;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Server.Commands;

/// <summary>`ServerNode status`: asks a running server how it is.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    public static NodeCommand Create()
    {
        var config = new Option<string?>("--config") { Description = "The file that the server was started with, if any", HelpName = "FILE" };
        var listen = new Option<string?>("--listen") { Description = "Where the server listens [127.0.0.1:2346]", HelpName = "HOST:PORT" };
        var asJson = NodeOptions.Json();
        var command = new NodeCommand("status", "Tells how a running server is, and who is connected.", "ServerNode status", "ServerNode status --listen 127.0.0.1:4000 --json")
        {
            config, listen, asJson,
        };
        command.SetAction(async (parsed, _) =>
        {
            var settings = ServerSettings.Load(parsed.GetValue(config), parsed.GetValue(listen), null, null);
            var json = await AskAsync(settings);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(asJson) ? json : ServerStatusText.Of(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<string> AskAsync(ServerSettings settings)
    {
        var own = ConfigurationFactory.ParseString("""
            akka.remote.dot-netty.tcp.port = 0, akka.loglevel = OFF, akka.stdout-loglevel = OFF
            actors.doors { dials = on, accepts = off, reachable = ["/temp/*"] }
            """);
        var config = own.WithFallback(settings.Config);
        using var host = NodeHost.CreateBuilder(config).ConfigureServices(services => services.AddAkka("Status", (akka, _) => akka.WithNode(config))).Build();
        var system = host.Services.GetRequiredService<ActorSystem>();
        try
        {
            var protocol = ((ExtendedActorSystem)system).Provider.DefaultAddress.Protocol;
            var address = new Address(protocol, ServerHost.SystemName, settings.Listen.Host, settings.Listen.Port);
            var registry = system.ActorSelection(new RootActorPath(address) / "user" / "registry");
            var reply = await registry.Ask<ServerStatusReply>(new ServerStatusQuery(), AnswerTimeout);
            return reply.Json;
        }
        catch (AskTimeoutException fault)
        {
            throw Listens(settings.Listen)
                ? new FailureException(
                    "what listens there does not answer this command", $"{settings.Listen}", "if it is a server with TLS, or one with other settings of its own, name the file that it was started with: --config FILE", fault)
                : new FailureException("no server answers", $"{settings.Listen}", "start one with ServerNode run, or say where it listens: --listen HOST:PORT", fault);
        }
        finally
        {
            await system.Terminate();
        }
    }

    private static bool Listens(HostAddress address)
    {
        try
        {
            using var client = new TcpClient(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A server's status for people.</summary>
internal static class ServerStatusText
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var status = document.RootElement;
        var text = new StringBuilder();
        text.Append($"Server on {status.GetProperty("listen")}, data in {status.GetProperty("data")}, up {TimeSpan.FromSeconds(status.GetProperty("uptime_s").GetInt64())}");
        if (!status.GetProperty("can_write").GetBoolean())
            text.Append($"\nIt cannot write: {status.GetProperty("cannot_write_reason")}");
        if (status.GetProperty("refused").GetInt64() is > 0 and var refused)
            text.Append($"\nIt has refused {refused} frames, messages and connections that nodes do not send: see its log");
        foreach (var share in status.GetProperty("shares").EnumerateArray())
            text.Append($"\nShare {share.GetProperty("name")}: version {share.GetProperty("head")}, {Count(share, "files", "file")} with {Count(share, "bytes", "byte")}, epoch {share.GetProperty("epoch")}");
        text.Append($"\n{Counted.Of(status.GetProperty("clients_connected").GetInt64(), "client is", "clients are")} connected");
        foreach (var client in status.GetProperty("clients").EnumerateArray())
            text.Append($"\n{client.GetProperty("name")} from {client.GetProperty("address")}: share {client.GetProperty("share")}, has version {client.GetProperty("cursor")}, {Count(client, "pushes_open", "push", "pushes")} open");
        return text.ToString();
    }

    private static string Count(JsonElement of, string property, string one, string? many = null) => Counted.Of(of.GetProperty(property).GetInt64(), one, many);
}
