using System.Text;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Ledger;
using Actors.Server.Storage;
using Actors.Server.Storage.Sqlite;

namespace Actors.Server.Tests.Ledger;

/// <summary>A ledger on a store in a temporary directory: each decision in a transaction of its own.</summary>
internal sealed class LedgerRig : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private ulong _epochs = 1;

    public LedgerRig()
    {
        Store = SqliteShareStore.Open(DatabaseFile);
        using var transaction = Store.Begin();
        Share = transaction.AddShare("default", new EpochId(1)).Id;
        transaction.Commit();
    }

    public string DatabaseFile => _directory.File("server.db");

    public SqliteShareStore Store { get; private set; }

    public int Share { get; }

    /// <summary>Another one for each process of the server.</summary>
    public uint ServerRun { get; set; } = 1;

    public long NowUs { get; set; } = 1_000_000;

    public ShareHead Head => Read(snapshot => snapshot.Head(Share));

    public SharePosition Position => Head.Position;

    public static NodeInstance Node(uint id, ulong incarnation = 1, ulong instance = 1) => new(new NodeId(id), incarnation, instance);

    public static PathChange FileAt(string path, string text, ulong based = 0)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new PathChange(RelativePath.Parse(path), based, EntryState.File(ContentRef.Of(bytes))) { Inline = bytes };
    }

    public static PathChange FolderAt(string path, ulong based = 0) => new(RelativePath.Parse(path), based, EntryState.Folder);

    public static PathChange Gone(string path, ulong based) => new(RelativePath.Parse(path), based, EntryState.Absent);

    public static PushRequest PushOf(LedgerResult.Joined session, ulong counter, params PathChange[] changes) =>
        new(new PushId(session.Node.Instance.Id, counter), "default", session.Head.Epoch, session.Node.Session, ChangeSetDigest.Of(changes), changes);

    public LedgerResult Run(Func<ShareLedger, LedgerResult> decide)
    {
        using var transaction = Store.Begin();
        var result = decide(new ShareLedger(transaction, NowUs, () => new EpochId(++_epochs), ServerRun));
        transaction.Commit();
        return result;
    }

    public LedgerResult.Joined Join(uint node, SharePosition? position = null) =>
        Assert.IsType<LedgerResult.Joined>(Join(Node(node), position));

    public LedgerResult Join(NodeInstance node, SharePosition? position = null, params DoubtfulPush[] inDoubt) =>
        Run(ledger => ledger.Admit(new JoinRequest(node, 1, "default", position) { InDoubt = inDoubt }));

    /// <summary>A replica that has applied something beyond its position.</summary>
    public LedgerResult.Joined JoinBeyond(uint node, SharePosition? position, SharePosition newest) => Assert.IsType<LedgerResult.Joined>(
        Run(ledger => ledger.Admit(new JoinRequest(Node(node), 1, "default", position) { Newest = newest })));

    public LedgerResult Push(PushRequest push) => Run(ledger => ledger.Decide(push));

    public LedgerResult Push(LedgerResult.Joined session, ulong counter, params PathChange[] changes) => Push(PushOf(session, counter, changes));

    public ulong Commit(LedgerResult.Joined session, ulong counter, params PathChange[] changes) =>
        Assert.IsType<LedgerResult.Committed>(Push(session, counter, changes)).Head.Seq;

    public PushRejection Rejection(LedgerResult.Joined session, ulong counter, params PathChange[] changes) =>
        Assert.IsType<LedgerResult.Rejected>(Push(session, counter, changes)).Reason;

    public T Read<T>(Func<IShareSnapshot, T> read)
    {
        using var reader = Store.OpenReader();
        using var snapshot = reader.Snapshot();
        return read(snapshot);
    }

    public TreeEntry? Find(string path) => Read(snapshot => snapshot.Find(Share, RelativePath.Parse(path)));

    public byte[] BackUp()
    {
        Store.Dispose();
        var copy = File.ReadAllBytes(DatabaseFile);
        Store = SqliteShareStore.Open(DatabaseFile);
        return copy;
    }

    public void Restore(byte[] backup)
    {
        Store.Dispose();
        File.WriteAllBytes(DatabaseFile, backup);
        ServerRun++;
        Store = SqliteShareStore.Open(DatabaseFile);
    }

    public void Dispose()
    {
        Store.Dispose();
        _directory.Dispose();
    }
}
