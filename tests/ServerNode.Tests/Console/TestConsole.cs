using Actors.NodeShell;
using Actors.Server;
using Microsoft.Extensions.Hosting;

namespace ServerNode.Tests.Console;

/// <summary>A host of the console page alone.</summary>
internal sealed class TestConsole(IHost host) : IAsyncDisposable
{
    public Uri Address { get; } = ConsoleServer.AddressOf(host)!;

    public static async Task<TestConsole> StartAsync(HostAddress address, StoryBoard board)
    {
        var host = NodeHost.CreateBuilder(Config.Empty).UseConsole(address, board).Build();
        await host.StartAsync();
        return new TestConsole(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
