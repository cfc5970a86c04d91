namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Config object merging and file merging", and Akka.NET's WithFallback.</summary>
public sealed class FallbackTests
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Fact]
    public void Fallback_fills_what_is_missing()
    {
        var config = Parse("foo.bar.a = 123").WithFallback(Parse("foo.bar { a = 1, b = 2 }, c = 3"));
        Assert.Equal(123, config.GetInt("foo.bar.a"));
        Assert.Equal(2, config.GetInt("foo.bar.b"));
        Assert.Equal(2, config.GetConfig("foo.bar").GetInt("b"));
        Assert.Equal(3, config.GetInt("c"));
        Assert.Equal(["foo", "c"], config.AsEnumerable().Select(field => field.Key).OrderDescending());
    }

    [Fact]
    public void Own_fields_come_before_those_of_the_fallback_and_what_is_written_twice_stays_where_it_was()
    {
        var config = Parse("a.x = 1, a.w = 1, a.x = 2").WithFallback(Parse("a { y = 2, x = 3, z = 3 }, b = 1"));
        Assert.Equal(["x", "w", "y", "z"], config.GetConfig("a").AsEnumerable().Select(field => field.Key));
        Assert.Equal(["x", "w", "y"], Parse("a { x = 1, w = 1 }, a { y = 2, x = 2 }").GetConfig("a").AsEnumerable().Select(field => field.Key));
    }

    [Fact]
    public void Fallbacks_chain_in_either_grouping()
    {
        var (a, b, c) = (Parse("x.a = 1"), Parse("x { a = 2, b = 2 }"), Parse("x { a = 3, b = 3, c = 3 }"));
        foreach (var config in (Config[])[a.WithFallback(b).WithFallback(c), a.WithFallback(b.WithFallback(c))])
            Hocon.AssertEqual("""{"x":{"a":1,"b":2,"c":3}}""", Hocon.ToJson(config.Root), "chain");
    }

    [Fact]
    public void Other_value_between_two_objects_prevents_their_merge()
    {
        var config = Parse("a : { x : 1 }").WithFallback(Parse("a : 42")).WithFallback(Parse("a : { y : 2 }"));
        Hocon.AssertEqual("""{"a":{"x":1}}""", Hocon.ToJson(config.Root), "42 hides y");
    }

    [Fact]
    public void Neighbouring_objects_merge_above_another_value()
    {
        var config = Parse("a : { x : 1 }").WithFallback(Parse("a : { y : 2 }")).WithFallback(Parse("a : 42"));
        Hocon.AssertEqual("""{"a":{"x":1,"y":2}}""", Hocon.ToJson(config.Root), "x and y merge");
    }

    [Fact]
    public void Null_before_an_object_clears_the_fallback_object()
    {
        var config = Parse("a : null, a : { x : 1 }").WithFallback(Parse("a : { y : 2 }"));
        Hocon.AssertEqual("""{"a":{"x":1}}""", Hocon.ToJson(config.Root), "null cleared y");
    }

    [Fact]
    public void Null_hides_the_fallback()
    {
        var config = Parse("a : null").WithFallback(Parse("a : 1"));
        Assert.Null(config.GetString("a"));
    }

    [Fact]
    public void Undefined_optional_field_leaves_the_fallback() =>
        Assert.Equal(1, Parse("a = ${?nowhere-at-all}").WithFallback(Parse("a = 1")).GetInt("a"));

    [Fact]
    public void Substitutions_are_resolved_before_the_fallback_as_in_Akka_NET() =>
        Assert.Equal(1, Parse("b = 2").WithFallback(Parse("b = 1, a = ${b}")).GetInt("a"));

    [Fact]
    public void Substitutions_see_a_fallback_that_the_parser_is_given()
    {
        var config = HoconParser.ParseString("a = ${b}, c = ${c} [2], d.x = 1", options: new HoconOptions { Fallback = Parse("b = 1, c = [1], d.y = 2") });
        Hocon.AssertEqual("""{"a":1,"b":1,"c":[1,2],"d":{"x":1,"y":2}}""", Hocon.ToJson(config.Root), "fallback below the text");
    }

    [Fact]
    public void Configuration_is_no_fallback_of_itself()
    {
        var config = Parse("a = 1");
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
        Assert.Same(config, config.WithFallback(null));
        Assert.Same(config, Config.Empty.WithFallback(config));
        Assert.Same(config, config.SafeWithFallback(config));
        Assert.Same(config, ((Config?)null).SafeWithFallback(config));
    }

    [Fact]
    public void Plus_adds_a_fallback()
    {
        var config = Parse("a = 1") + "a = 2, b = 3";
        Assert.Equal((1, 3), (config.GetInt("a"), config.GetInt("b")));
        config = "a = 0" + config;
        Assert.Equal((0, 3), (config.GetInt("a"), config.GetInt("b")));
    }

    [Fact]
    public void Fallback_is_rendered_only_on_demand()
    {
        var config = Parse("a = 1").WithFallback(Parse("b = 2")).WithFallback(Parse("c = 3"));
        Assert.Equal("a : 1", config.ToString());
        Hocon.AssertEqual("""{"a":1,"b":2,"c":3}""", Hocon.ToJson(Parse(config.ToString(true)).Root), "all");
        Assert.Equal("b : 2", config.Fallback.ToString());
    }
}
