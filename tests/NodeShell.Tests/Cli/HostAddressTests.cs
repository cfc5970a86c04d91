using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Cli;

public sealed class HostAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:2346", "127.0.0.1", 2346)]
    [InlineData("localhost:0", "localhost", 0)]
    [InlineData("[::1]:65535", "::1", 65535)]
    [InlineData("server.example:1", "server.example", 1)]
    public void A_host_and_a_port_are_read_and_written_back(string text, string host, int port)
    {
        var address = HostAddress.Parse(text, "--server");

        Assert.Equal(new HostAddress(host, port), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData(":2346")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:+1")]
    [InlineData("127.0.0.1: 1")]
    [InlineData("::1:2346")]
    [InlineData("a b:2346")]
    public void Anything_else_is_wrong_usage_and_says_what_to_write(string text)
    {
        var e = Assert.Throws<UsageException>(() => HostAddress.Parse(text, "--server"));

        Assert.Equal("--server", e.Where);
        Assert.Contains("HOST:PORT", e.WhatToDo);
    }

    [Theory]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("127.5.5.5:1", true)]
    [InlineData("localhost:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("0.0.0.0:1", false)]
    [InlineData("[::]:1", false)]
    [InlineData("192.168.1.2:1", false)]
    [InlineData("localhost.example:1", false)]
    public void Only_addresses_of_this_machine_are_loopback(string text, bool loopback) =>
        Assert.Equal(loopback, HostAddress.Parse(text, "--listen").IsLoopback);
}
