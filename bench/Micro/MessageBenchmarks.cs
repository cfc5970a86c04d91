using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using BenchmarkDotNet.Attributes;

namespace Actors.Bench.Micro;

/// <summary>A push of so many new files of 1 KiB, their bytes inline: its digest, and its way to bytes and back.</summary>
public class MessageBenchmarks
{
    private const int FileBytes = 1024;
    private const string Manifest = "P";

    private readonly ActorSystem _system = ActorSystem.Create("bench");
    private MessageSerializer _serializer = null!;
    private PathChange[] _changes = [];
    private PushRequest _push = null!;
    private byte[] _bytes = [];

    [Params(1, 100)]
    public int Changes { get; set; }

    [GlobalSetup]
    public void MakePush()
    {
        _serializer = new MessageSerializer((ExtendedActorSystem)_system);
        _changes = [.. Enumerable.Range(0, Changes).Select(Change)];
        _push = new PushRequest(new PushId(new NodeId(1), 2), "default", new EpochId(3), 4, ChangeSetDigest.Of(_changes), _changes);
        _bytes = Write();
        if (!Read())
            throw new InvalidOperationException("the push is not read back");
    }

    [GlobalCleanup]
    public void EndSystem() => _system.Dispose();

    [Benchmark]
    public ContentHash Digest() => ChangeSetDigest.Of(_changes);

    [Benchmark]
    public byte[] Write() => _serializer.ToBinary(_push.ToMessage());

    /// <summary>With the digest and the inline content checked, as the server does.</summary>
    [Benchmark]
    public bool Read() => RequestReader.TryRead((Push)_serializer.FromBinary(_bytes, Manifest), out _, out _);

    private static PathChange Change(int number)
    {
        byte[] content = new byte[FileBytes];
        BitConverter.TryWriteBytes(content, number);
        return new PathChange(RelativePath.Parse($"directory/file-{number:000}"), 0, EntryState.File(ContentRef.Of(content))) { Inline = content };
    }
}
