using Google.Protobuf;
using Xunit;

namespace Actors.Messages.Tests;

/// <summary>Nodes of different versions understand what they have in common.</summary>
public sealed class EvolutionTests
{
    // Field 500 and 501, which no message has: a number and a text.
    private static readonly byte[] UnknownFields = [0xa0, 0x1f, 0x07, 0xaa, 0x1f, 0x02, (byte)'h', (byte)'i'];

    public static TheoryData<string> MessageNames => ContractTests.MessageNames;

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void Every_field_survives_the_wire(string name)
    {
        var message = WireContract.Filled(WireContract.Message(name));
        Assert.Equal(message, message.Descriptor.Parser.ParseFrom(message.ToByteArray()));
    }

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void Fields_of_a_later_version_are_ignored(string name)
    {
        var message = WireContract.Filled(WireContract.Message(name));
        byte[] later = [.. UnknownFields, .. message.ToByteArray(), .. UnknownFields];
        var read = message.Descriptor.Parser.ParseFrom(later);
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
            Assert.Equal(field.Accessor.GetValue(message), field.Accessor.GetValue(read));
    }

    [Fact]
    public void A_state_of_a_later_version_reads_as_none()
    {
        // Entry.state with the number of a kind of entry that is not there yet.
        var read = Entry.Parser.ParseFrom([0x0a, 0x01, (byte)'a', 0x42, 0x00]);
        Assert.Equal(Entry.StateOneofCase.None, read.StateCase);
        Assert.Equal("a", read.Path.ToStringUtf8());
    }

    [Fact]
    public void A_reason_of_a_later_version_is_kept_as_its_number()
    {
        var read = JoinRefused.Parser.ParseFrom([0x10, 0x63]);
        Assert.Equal(99, (int)read.Reason);
    }

    [Fact]
    public void Empty_content_is_told_from_content_that_does_not_ride_along()
    {
        Assert.False(RegularFile.Parser.ParseFrom(new RegularFile().ToByteArray()).HasContent);
        Assert.True(RegularFile.Parser.ParseFrom(new RegularFile { Content = ByteString.Empty }.ToByteArray()).HasContent);
    }
}
