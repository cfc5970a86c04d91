namespace Actors.Tests.Configuration;

public sealed class ConfigTests
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("""
        a { int = 42, text = hello, yes = yes, list = [1, 2], "dotted.key" = 7, double = 1.5, none = null }
        """);

    [Fact]
    public void Getters_convert_what_is_at_the_path()
    {
        Assert.Equal(42, Sample.GetInt("a.int"));
        Assert.Equal(42L, Sample.GetLong("a.int"));
        Assert.Equal(42f, Sample.GetFloat("a.int"));
        Assert.Equal(42m, Sample.GetDecimal("a.int"));
        Assert.Equal(1.5, Sample.GetDouble("a.double"));
        Assert.Equal("42", Sample.GetString("a.int"));
        Assert.True(Sample.GetBoolean("a.yes"));
        Assert.Equal([1, 2], Sample.GetIntList("a.list"));
        Assert.Equal(["1", "2"], Sample.GetStringList("a.list"));
        Assert.Equal([1L, 2L], Sample.GetLongList("a.list"));
        Assert.Equal([(byte)1, (byte)2], Sample.GetByteList("a.list"));
        Assert.Equal([1.0, 2.0], Sample.GetDoubleList("a.list"));
        Assert.Equal(7, Sample.GetInt("a.\"dotted.key\""));
    }

    [Fact]
    public void Missing_key_gives_the_default()
    {
        Assert.Equal(5, Sample.GetInt("a.missing", 5));
        Assert.Equal(0, Sample.GetInt("a.int.deeper"));
        Assert.Null(Sample.GetString("missing"));
        Assert.Equal("x", Sample.GetString("missing", "x"));
        Assert.True(Sample.GetBoolean("missing", true));
        Assert.Null(Sample.GetByteSize("missing"));
        Assert.Equal(9L, Sample.GetByteSize("missing", 9));
        Assert.Equal(TimeSpan.Zero, Sample.GetTimeSpan("missing"));
        Assert.Equal(TimeSpan.FromSeconds(3), Sample.GetTimeSpan("missing", TimeSpan.FromSeconds(3)));
        Assert.Empty(Sample.GetStringList("missing"));
        Assert.Equal(["d"], Sample.GetStringList("missing", ["d"]));
        Assert.Null(Sample.GetConfig("missing"));
        Assert.Null(Sample.GetValue("missing"));
        Assert.False(Sample.HasPath("a.missing"));
        Assert.True(Sample.HasPath("a.none"));
    }

    [Theory]
    [InlineData("a.text", "a.text: expected an integer, found the string \"hello\" at line 1, column 22")]
    [InlineData("a.list", "a.list: expected an integer, found an array at line 1, column 47")]
    [InlineData("a", "a: expected an integer, found an object at line 1, column 3")]
    [InlineData("a.none", "a.none: expected an integer, found null at line 1, column 94")]
    [InlineData("a.double", "a.double: expected an integer, found the number \"1.5\" at line 1, column 82")]
    public void Wrong_type_is_an_error_that_names_path_value_and_position(string path, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Sample.GetInt(path)).Message);

    [Fact]
    public void Objects_arrays_and_nulls_do_not_convert()
    {
        Assert.Throws<ConfigurationException>(() => Sample.GetString("a"));
        Assert.Throws<ConfigurationException>(() => Sample.GetString("a.list"));
        Assert.Throws<ConfigurationException>(() => Sample.GetBoolean("a.none"));
        Assert.Throws<ConfigurationException>(() => Sample.GetStringList("a.text"));
        Assert.Null(Sample.GetString("a.none"));
    }

    [Fact]
    public void Integers_out_of_range_are_errors()
    {
        Config config = "a = 3000000000, b = 1e30, c = 256, d = 1e3";
        Assert.Throws<ConfigurationException>(() => config.GetInt("a"));
        Assert.Equal(3_000_000_000, config.GetLong("a"));
        Assert.Throws<ConfigurationException>(() => config.GetLong("b"));
        Assert.Throws<ConfigurationException>(() => config.GetValue("c").GetByte());
        Assert.Equal(1000, config.GetInt("d"));
    }

    [Fact]
    public void Floating_point_numbers_out_of_range_are_errors()
    {
        Config config = "a = 1e39, b = 1e309";
        Assert.Equal(1e39, config.GetDouble("a"));
        Assert.Throws<ConfigurationException>(() => config.GetFloat("a"));
        Assert.Throws<ConfigurationException>(() => config.GetDouble("b"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("\"on\"", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Six_words_are_booleans(string text, bool expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected));

    [Fact]
    public void Other_words_are_no_booleans() =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a = True").GetBoolean("a"));

    [Fact]
    public void Objects_with_numeric_keys_are_read_as_arrays()
    {
        Assert.Equal(["a", "b"], ConfigurationFactory.ParseString("foo.0 = a, foo.1 = b").GetStringList("foo"));
        Assert.Equal(["a", "b"], ConfigurationFactory.ParseString("""foo { "10" : b, "2" : a, x : ignored, "-1" : ignored }""").GetStringList("foo"));
        Assert.True(ConfigurationFactory.ParseString("foo.0 = a").GetValue("foo").IsObject());
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("foo {}").GetStringList("foo"));
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("foo.x = 1").GetStringList("foo"));
    }

    [Fact]
    public void Part_of_a_tree_is_a_configuration()
    {
        Assert.Equal(42, Sample.GetConfig("a").GetInt("int"));
        Assert.Equal(42, Sample.GetConfig("a").GetValue("int").AtKey("x").GetInt("x"));
        Assert.Equal(42, Sample.GetValue("a").ToConfig().GetInt("int"));
    }

    [Theory]
    [InlineData("a.text")]
    [InlineData("a.list")]
    [InlineData("a.\"dotted.key\"")]
    public void A_value_that_is_no_object_is_a_configuration_without_fields(string path)
    {
        Config part = Sample.GetConfig(path);
        Assert.Equal(Sample.GetValue(path), part.Root);
        Assert.Empty(part.AsEnumerable());
        Assert.False(part.HasPath("text"));
    }

    [Theory]
    [InlineData("a = akka.tcp://Name@127.0.0.1:4053")]
    [InlineData("a = [akka.tcp://Name@127.0.0.1:4053]")]
    [InlineData("a = ${missing}")]
    public void Text_that_cannot_be_read_is_exactly_a_ConfigurationException_with_the_position_inside(string hocon)
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));
        HoconParseException inner = Assert.IsType<HoconParseException>(error.InnerException);
        Assert.Equal((1, inner.Message), (inner.Line, error.Message));
    }

    [Fact]
    public void Fields_are_enumerated_in_their_order() =>
        Assert.Equal(["int", "text", "yes", "list", "dotted.key", "double", "none"], Sample.GetConfig("a").AsEnumerable().Select(field => field.Key));

    [Fact]
    public void Empty_configuration_is_empty()
    {
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(new Config().IsEmpty);
        Assert.True(ConfigurationFactory.ParseString("").IsEmpty);
        Assert.False(Sample.IsEmpty);
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.False(Config.Empty.HasPath("a"));
    }

    [Fact]
    public void Public_properties_of_an_object_become_settings()
    {
        var config = ConfigurationFactory.FromObject(new { a = new { b = 1, c = new[] { "x", "y" } } });
        Assert.Equal(1, config.GetInt("a.b"));
        Assert.Equal(["x", "y"], config.GetStringList("a.c"));
    }

    [Fact]
    public void Missing_resource_is_named() =>
        Assert.Contains("nowhere.conf", Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<ConfigTests>("nowhere.conf")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_defaults_of_the_runtime_are_there_to_read() =>
        Assert.Equal(("INFO", 128_000L), (ConfigurationFactory.Default().GetString("akka.loglevel"), ConfigurationFactory.Default().GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size")));
}
