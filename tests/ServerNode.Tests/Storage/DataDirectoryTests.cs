using Actors.NodeShell;
using Actors.Server.Storage;

namespace Actors.Server.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_second_server_on_the_same_directory_is_refused_until_the_first_ends()
    {
        var path = _directory.File("data");
        using (DataDirectory.Open(path))
            Assert.Contains("another server", Assert.Throws<FailureException>(() => DataDirectory.Open(path)).Message);
        DataDirectory.Open(path).Dispose();
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused_with_what_to_do()
    {
        File.WriteAllText(_directory.File("plain"), "");
        var fault = Assert.Throws<FailureException>(() => DataDirectory.Open(_directory.File("plain/data")));
        Assert.Contains("--data", fault.WhatToDo);
    }
}
