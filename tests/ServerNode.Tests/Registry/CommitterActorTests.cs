using Actors.Messages.Content;
using Actors.NodeShell;
using Actors.Server.Registry;
using Actors.Server.Storage.Sqlite;
using Actors.Server.Tests.Storage;

namespace Actors.Server.Tests.Registry;

public sealed class CommitterActorTests : TestKit, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteShareStore _store;
    private readonly IActorRef _committer;
    private readonly PartsOfContent _upload = new(3, 1);

    public CommitterActorTests()
        : base("akka.loglevel = WARNING")
    {
        var store = _store = SqliteShareStore.Open(_directory.File("server.db"));
        using (var transaction = store.Begin())
        {
            transaction.AddShare("default", new(1));
            transaction.Commit();
        }
        _committer = Sys.ActorOf(Props.Create(() => new CommitterActor(store, new SystemEntropy())));
        _committer.Tell(new KeepParts([.. _upload.Parts.Select(part => (part.Key, (ReadOnlyMemory<byte>)part.Value))]), TestActor);
        ExpectMsg<Kept>(Patience);
    }

    public new void Dispose()
    {
        base.Dispose();
        Shutdown();
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void An_upload_that_was_forgotten_after_it_was_checked_does_not_count_as_here()
    {
        _committer.Tell(new ForgetUploads(TimeSpan.Zero), TestActor);
        _committer.Tell(new KeepContent(_upload.Content), TestActor);
        ExpectMsg<Kept>(Patience);
        Assert.Equal((null, null), Here());
    }

    [Fact]
    public void An_upload_that_is_young_is_kept()
    {
        _committer.Tell(new ForgetUploads(TimeSpan.FromHours(1)), TestActor);
        _committer.Tell(new KeepContent(_upload.Content), TestActor);
        ExpectMsg<Kept>(Patience);
        Assert.Equal((_upload.Parts[_upload.Content.Root].Length, _upload.Content), Here());
    }

    private (int? Root, ContentRef? Content) Here()
    {
        using var reader = _store.OpenReader();
        using var snapshot = reader.Snapshot();
        return (snapshot.PartLength(_upload.Content.Root), snapshot.FindContent(_upload.Content.Root));
    }
}
