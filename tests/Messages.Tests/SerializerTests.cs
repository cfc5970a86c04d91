using System.Runtime.Serialization;
using Akka.Actor;
using Google.Protobuf;
using Xunit;

namespace Actors.Messages.Tests;

/// <summary>What nodes send each other goes through one serializer, which knows messages by their manifests alone.</summary>
public sealed class SerializerTests : IDisposable
{
    // What carries others, or travels over the control socket, and is never sent by itself.
    private static readonly string[] Parts =
    [
        nameof(Change), nameof(ChunkWanted), nameof(ConfirmCommand), nameof(ControlReply), nameof(ControlRequest), nameof(Deletion), nameof(Entry),
        nameof(Folder), nameof(NodeIdentity), nameof(PathVersion), nameof(Position), nameof(PushInDoubt), nameof(PushOutcome), nameof(RegularFile),
        nameof(StatusQuery), nameof(StoryReportLine), nameof(SyncQuery), nameof(Undecided),
    ];

    private readonly ActorSystem _system = ActorSystem.Create("serializer");
    private readonly MessageSerializer _serializer;

    public SerializerTests() => _serializer = new MessageSerializer((ExtendedActorSystem)_system);

    public static TheoryData<string> Sent => [.. WireContract.Messages.Select(message => message.Name).Where(name => !Parts.Contains(name))];

    public static TheoryData<string> NotSent => [.. Parts];

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(Sent))]
    public void A_message_comes_back_as_it_was_by_its_manifest(string name)
    {
        var message = WireContract.Filled(WireContract.Message(name));
        var manifest = _serializer.Manifest(message);
        Assert.InRange(manifest.Length, 1, 2);
        Assert.Equal(message, _serializer.FromBinary(_serializer.ToBinary(message), manifest));
    }

    [Theory]
    [MemberData(nameof(NotSent))]
    public void A_part_of_a_message_is_not_sent_by_itself(string name)
    {
        var part = WireContract.Filled(WireContract.Message(name));
        Assert.Throws<SerializationException>(() => _serializer.Manifest(part));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("ZZ")]
    [InlineData("Actors.Messages.Push, Messages")]
    [InlineData("System.IO.FileInfo, System.Private.CoreLib")]
    public void An_unknown_manifest_is_refused_in_the_way_that_remoting_survives(string manifest) =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(new Push().ToByteArray(), manifest));

    [Fact]
    public void Bytes_that_are_no_such_message_are_refused_in_the_way_that_remoting_survives() =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([0x0a, 0x7f], "P"));

    [Fact]
    public void Bytes_that_nest_for_ever_are_refused_in_the_way_that_remoting_survives()
    {
        byte[] nested = [.. Enumerable.Repeat((byte)0x0b, 10_000)];
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(nested, "P"));
    }
}
