namespace Actors.Tests.Actor;

public class ActorPathTests
{
    [Fact]
    public void A_path_is_written_in_every_form_it_travels_in()
    {
        ActorPath path = new RootActorPath(new Address("akka", "sys")) / "user" / "a#42";
        var far = new Address("akka.tcp", "sys", "127.0.0.1", 2346);
        Assert.Equal("akka://sys/user/a", path.ToString());
        Assert.Equal("/user/a", path.ToStringWithoutAddress());
        Assert.Equal("akka://sys/user/a#42", path.ToSerializationFormat());
        Assert.Equal("akka.tcp://sys@127.0.0.1:2346/user/a", path.ToStringWithAddress(far));
        Assert.Equal("akka.tcp://sys@127.0.0.1:2346/user/a#42", path.ToSerializationFormatWithAddress(far));
        Assert.Equal("akka://sys/", path.Root.ToString());
    }

    [Theory]
    [InlineData("akka://sys/user/a")]
    [InlineData("akka.tcp://sys@127.0.0.1:2346/user/a/b#123")]
    [InlineData("akka.ssl.tcp://sys@[::1]:1/system/remote-watcher#5")]
    [InlineData("akka.tcp://sys@host:1/")]
    public void What_is_read_is_written_again(string text) => Assert.Equal(text, ActorPath.Parse(text).ToSerializationFormat());

    [Theory]
    [InlineData("")]
    [InlineData("/user/a")]
    [InlineData("akka://")]
    [InlineData("akka.tcp://sys@host/user")]
    [InlineData("akka.tcp://sys@host:99999/user")]
    [InlineData("akka.tcp://@host:1/user")]
    [InlineData("akka.tcp://sys@:1/user")]
    [InlineData("akka://sys/user/a#x")]
    [InlineData("akka://sys/user#1/a")]
    public void What_is_no_path_is_refused(string text)
    {
        Assert.False(ActorPath.TryParse(text, out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse(text));
    }

    [Fact]
    public void Paths_are_equal_without_their_incarnation()
    {
        ActorPath path = ActorPath.Parse("akka://sys/user/a#1");
        Assert.Equal(path, ActorPath.Parse("akka://sys/user/a#2"));
        Assert.Equal(path.GetHashCode(), ActorPath.Parse("akka://sys/user/a").GetHashCode());
        Assert.NotEqual(path, ActorPath.Parse("akka://other/user/a"));
        Assert.NotEqual(path, ActorPath.Parse("akka://sys/user/b"));
        Assert.NotEqual(path, path.Parent);
    }

    [Fact]
    public void A_path_knows_its_elements_and_ancestors()
    {
        ActorPath path = ActorPath.Parse("akka://sys/user/a/b#9");
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal(3, path.Depth);
        Assert.Equal("b", path.Name);
        Assert.Equal(9, path.Uid);
        Assert.Equal("/user", path.ParentOf(1).ToStringWithoutAddress());
        Assert.Equal("/user/a", path.ParentOf(-1).ToStringWithoutAddress());
        Assert.Equal("/user/a/b/c/d", (path / ["c", "d"]).ToStringWithoutAddress());
    }

    [Fact]
    public void Addresses_are_values()
    {
        Address address = Address.Parse("akka.tcp://sys@127.0.0.1:2346");
        Assert.Equal(new Address("akka.tcp", "sys", "127.0.0.1", 2346), address);
        Assert.Equal("sys@127.0.0.1:2346", address.HostPort());
        Assert.True(address.HasGlobalScope);
        Assert.True(new Address("akka", "sys").HasLocalScope);
        Assert.NotEqual(address, address.WithPort(1));
        Assert.NotEqual(address, address.WithHost("localhost"));
        Assert.True(address.CompareTo(address.WithPort(9999)) < 0);
    }

    [Theory]
    [InlineData("akka://sys@host:1234/abc/def/", "akka://sys@host:1234", "/abc/def/")]
    [InlineData("akka://sys/abc/def/", "akka://sys", "/abc/def/")]
    [InlineData("akka://sys@host:1234", "akka://sys@host:1234", "/")]
    [InlineData("akka://sys@host:1234/", "akka://sys@host:1234", "/")]
    [InlineData("aKKa://sYs@HOST:1234/aBc", "akka://sYs@host:1234", "/aBc")]
    public void A_path_begins_with_an_address_whose_host_has_no_case(string path, string address, string rest)
    {
        Assert.True(Address.TryParse(path, out Address? parsed, out string? remaining));
        Assert.Equal((address, rest), (parsed.ToString(), remaining));
    }

    [Theory]
    [InlineData("")]
    [InlineData("://hallo")]
    [InlineData("s://dd@:12")]
    [InlineData("s://dd@h:hd")]
    [InlineData("akka://sys@host/abc/def/")]
    public void What_is_no_address_begins_no_path(string path)
    {
        Assert.False(Address.TryParse(path, out _, out string? _));
        Assert.False(ActorPath.TryParse(path, out _));
    }

    [Fact]
    public void A_host_has_no_case() => Assert.Equal("hostname", new Address("akka", "test", "HOSTNAME").Host);
}
